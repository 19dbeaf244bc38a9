import { util } from '@aws-appsync/utils';

export function request(ctx) {
  const title = ctx.args.title.trim();
  if (title.length < 1 || title.length > 100) {
    util.error('title must have 1 to 100 characters', 'InvalidInput');
  }
  const names = [ctx.identity.username, ...ctx.args.members.map((name) => name.trim().toLowerCase())];
  const members = names.filter((name, place) => name.length > 0 && names.indexOf(name) === place);
  if (members.length < 2 || members.length > 20) {
    util.error('a conversation has 2 to 20 members', 'InvalidInput');
  }
  const conversationId = util.autoId();
  const createdAt = util.time.nowISO8601();
  const table = ctx.env.MEMBERS_TABLE;
  ctx.stash.conversation = { id: conversationId, title, members, createdAt };
  return {
    operation: 'TransactWriteItems',
    transactItems: members.map((member) => ({
      table,
      operation: 'PutItem',
      key: util.dynamodb.toMapValues({ conversationId, member }),
      attributeValues: util.dynamodb.toMapValues({ title, members, createdAt }),
    })),
  };
}

export function response(ctx) {
  if (ctx.error) {
    util.error(ctx.error.message, ctx.error.type);
  }
  return ctx.stash.conversation;
}
