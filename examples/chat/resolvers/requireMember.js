import { util } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';

export function request(ctx) {
  return get({
    key: { conversationId: ctx.args.conversationId, member: ctx.identity.username },
    consistentRead: true,
  });
}

export function response(ctx) {
  if (ctx.error) {
    util.error(ctx.error.message, ctx.error.type);
  }
  if (!ctx.result) {
    util.unauthorized();
  }
  return null;
}
