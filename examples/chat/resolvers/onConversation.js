import { extensions, util } from '@aws-appsync/utils';

export function request(ctx) {
  return { payload: null };
}

export function response(ctx) {
  const mine = { members: { contains: ctx.identity.username } };
  extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter(mine));
  return null;
}
