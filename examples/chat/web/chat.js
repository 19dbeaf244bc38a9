// SPDX-License-Identifier: Apache-2.0
// The documents of the chat, over an Api.

const CONVERSATION = '{ id title members createdAt }';
const MESSAGE = '{ conversationId id sender text sentAt }';
const PRESENCE = '{ conversationId member state seenAt }';

export class Chat {
  constructor(api) {
    this.api = api;
  }

  async conversations() {
    const query = `query ($nextToken: String) {
      conversations(nextToken: $nextToken) { items ${CONVERSATION} nextToken } }`;
    const all = [];
    let nextToken = null;
    do {
      const { conversations } = await this.api.send(query, { nextToken });
      all.push(...conversations.items);
      nextToken = conversations.nextToken;
    } while (nextToken);
    return all;
  }

  async create(title, members) {
    const mutation = `mutation ($title: String!, $members: [String!]!) {
      createConversation(title: $title, members: $members) ${CONVERSATION} }`;
    return (await this.api.send(mutation, { title, members })).createConversation;
  }

  /** One page, newest first. */
  async messages(conversationId, nextToken = null, limit = 20) {
    const query = `query ($conversationId: ID!, $limit: Int, $nextToken: String) {
      messages(conversationId: $conversationId, limit: $limit, nextToken: $nextToken) {
        items ${MESSAGE} nextToken } }`;
    return (await this.api.send(query, { conversationId, limit, nextToken })).messages;
  }

  async say(conversationId, text) {
    const mutation = `mutation ($conversationId: ID!, $text: String!) {
      sendMessage(conversationId: $conversationId, text: $text) ${MESSAGE} }`;
    return (await this.api.send(mutation, { conversationId, text })).sendMessage;
  }

  async presence(conversationId) {
    const query = `query ($conversationId: ID!) { presence(conversationId: $conversationId) ${PRESENCE} }`;
    return (await this.api.send(query, { conversationId })).presence;
  }

  async setPresence(conversationId, state) {
    const mutation = `mutation ($conversationId: ID!, $state: PresenceState!) {
      setPresence(conversationId: $conversationId, state: $state) ${PRESENCE} }`;
    return (await this.api.send(mutation, { conversationId, state })).setPresence;
  }

  onConversation(handlers) {
    return this.follow('onConversation', `subscription { onConversation ${CONVERSATION} }`, {}, handlers);
  }

  onMessage(conversationId, handlers) {
    const document = `subscription ($conversationId: ID!) {
      onMessage(conversationId: $conversationId) ${MESSAGE} }`;
    return this.follow('onMessage', document, { conversationId }, handlers);
  }

  onPresence(conversationId, handlers) {
    const document = `subscription ($conversationId: ID!) {
      onPresence(conversationId: $conversationId) ${PRESENCE} }`;
    return this.follow('onPresence', document, { conversationId }, handlers);
  }

  follow(field, document, variables, handlers) {
    return this.api.subscribe(document, variables, {
      ...handlers,
      event: (data) => handlers.event(data[field]),
    });
  }
}
