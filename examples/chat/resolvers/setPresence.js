import { util } from '@aws-appsync/utils';
import { update } from '@aws-appsync/utils/dynamodb';

export function request(ctx) {
  const { conversationId, state } = ctx.args;
  return update({
    key: { conversationId, member: ctx.identity.username },
    update: { state, seenAt: util.time.nowISO8601() },
    condition: { member: { attributeExists: true } },
  });
}

export function response(ctx) {
  if (ctx.error) {
    if (ctx.error.type === 'DynamoDB:ConditionalCheckFailedException') {
      util.unauthorized();
    }
    util.error(ctx.error.message, ctx.error.type);
  }
  return ctx.result;
}
