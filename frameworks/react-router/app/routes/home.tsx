export default function Home() {
  return <h1>An app</h1>;
}
