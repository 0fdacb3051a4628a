import * as core from '@faceverify/core';
import * as emulator from '@faceverify/emulator';
import * as adapterForExpress from '@faceverify/express';
import * as adapterForHono from '@faceverify/hono';
import * as adapterForKoa from '@faceverify/koa';
import express from 'express';
import { Hono } from 'hono';
import Koa from 'koa';
import { usePackages } from './use-packages.mjs';

await usePackages({
  core,
  emulator,
  express: adapterForExpress,
  hono: adapterForHono,
  koa: adapterForKoa,
  frameworks: { express, Hono, Koa },
});
