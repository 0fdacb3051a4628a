import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { login } from './login.js';

const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
app.use(login);
app.enableShutdownHooks();
await app.listen(process.env['PORT'] ?? 3000, '127.0.0.1');
