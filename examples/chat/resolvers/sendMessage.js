import { util } from '@aws-appsync/utils';
import { put } from '@aws-appsync/utils/dynamodb';

export function request(ctx) {
  const text = ctx.args.text.trim();
  if (text.length < 1 || text.length > 4000) {
    util.error('text must have 1 to 4000 characters', 'InvalidInput');
  }
  const sentAt = util.time.nowISO8601();
  return put({
    key: { conversationId: ctx.args.conversationId, id: `${sentAt}#${util.autoId()}` },
    item: { sender: ctx.identity.username, text, sentAt },
    condition: { id: { attributeExists: false } },
  });
}

export function response(ctx) {
  if (ctx.error) {
    util.error(ctx.error.message, ctx.error.type);
  }
  return ctx.result;
}
