import { util } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';

export function request(ctx) {
  const { limit = 20, nextToken } = ctx.args;
  return query({
    index: 'byMember',
    query: { member: { eq: ctx.identity.username } },
    scanIndexForward: false,
    limit: Math.min(Math.max(limit, 1), 100),
    nextToken,
  });
}

export function response(ctx) {
  if (ctx.error) {
    util.error(ctx.error.message, ctx.error.type);
  }
  const { items, nextToken } = ctx.result;
  return {
    items: items.map(({ conversationId, title, members, createdAt }) => ({
      id: conversationId,
      title,
      members,
      createdAt,
    })),
    nextToken,
  };
}
