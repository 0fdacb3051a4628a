import { Module } from '@nestjs/common';
import { FaceVerifyModule } from '../face-verify.module.js';
import { VerifyController } from './verify.controller.js';

@Module({ imports: [FaceVerifyModule], controllers: [VerifyController] })
export class AppModule {}
