import { util } from '@aws-appsync/utils';
import { update } from '@aws-appsync/utils/dynamodb';

export function request(ctx) {
  const { id, version, ...changes } = ctx.args.input;
  return update({
    key: { id },
    update: { ...changes, version: version + 1, updatedAt: util.time.nowISO8601() },
    condition: { version: { eq: version } },
  });
}

export function response(ctx) {
  if (ctx.error) {
    util.error(ctx.error.message, ctx.error.type, ctx.result);
  }
  return ctx.result;
}
