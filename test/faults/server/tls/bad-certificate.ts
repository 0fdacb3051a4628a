/**
 * TEST ONLY. A certificate that nobody trusts, for connections that must be refused because of it.
 * The key is public, here: it protects nothing and must never be used for anything.
 */
export const BAD_CERTIFICATE = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgpfPbbol/WyDaZcM3
4klcCQMi4Lr603o13sDv3tkON3yhRANCAAQGZpRDDng2dMPHuMZnvaM8bHp4kor1
iHOAMzvUUMh6KW9DVv1Xs6BhzH5kom4K+5QJyrO6Xw6F/n/KFEn64cqc
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIByzCCAXGgAwIBAgIUUkGEblv1wcf24gl0BdrwjiRGIiowCgYIKoZIzj0EAwIw
LDEqMCgGA1UEAwwhZmFjZXZlcmlmeS1mYXVsdC1zZXJ2ZXIgVEVTVCBPTkxZMCAX
DTI2MTEyMzE3MDA1N1oYDzIxMjYxMDMwMTcwMDU3WjAsMSowKAYDVQQDDCFmYWNl
dmVyaWZ5LWZhdWx0LXNlcnZlciBURVNUIE9OTFkwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQGZpRDDng2dMPHuMZnvaM8bHp4kor1iHOAMzvUUMh6KW9DVv1Xs6Bh
zH5kom4K+5QJyrO6Xw6F/n/KFEn64cqco28wbTAdBgNVHQ4EFgQU1OMMzblr27x8
n6MOAlbQ9bQY0ncwHwYDVR0jBBgwFoAU1OMMzblr27x8n6MOAlbQ9bQY0ncwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARhwR/AAABgglsb2NhbGhvc3QwCgYIKoZI
zj0EAwIDSAAwRQIhAPPHRxERUUHVk/6uJH9BJ9VynMVDqUmGQaWV1eRgqaifAiAW
2IPv1QQwDQiQgLak+C4EEFVRyj4i3ELyVYodnBrJbw==
-----END CERTIFICATE-----`,
} as const;
