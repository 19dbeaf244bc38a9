export function request(ctx) {
  return { payload: ctx.args.change };
}

export function response(ctx) {
  return ctx.result;
}
