import { util } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';

export function request(ctx) {
  return query({ query: { conversationId: { eq: ctx.args.conversationId } }, consistentRead: true });
}

export function response(ctx) {
  if (ctx.error) {
    util.error(ctx.error.message, ctx.error.type);
  }
  const { items } = ctx.result;
  const me = ctx.identity.username;
  if (!items.some((item) => item.member === me)) {
    util.unauthorized();
  }
  return items.map(({ conversationId, member, state, seenAt }) => ({
    conversationId,
    member,
    state: state ?? 'OFFLINE',
    seenAt,
  }));
}
