'use strict';
const core = require('@faceverify/core');
const emulator = require('@faceverify/emulator');
const adapterForExpress = require('@faceverify/express');
const adapterForHono = require('@faceverify/hono');
const adapterForKoa = require('@faceverify/koa');
const express = require('express');
const { Hono } = require('hono');
const Koa = require('koa');

void import('./use-packages.mjs').then(({ usePackages }) =>
  usePackages({
    core,
    emulator,
    express: adapterForExpress,
    hono: adapterForHono,
    koa: adapterForKoa,
    frameworks: { express, Hono, Koa },
  }),
);
