export default function Page() {
  return <h1>An app</h1>;
}
