// SPDX-License-Identifier: Apache-2.0
// The page: what the user sees and does. Texts of users are set as text, never as HTML.

import { Api } from './appsync.js';
import { Chat } from './chat.js';
import { signIn } from './cognito.js';

const at = (id) => document.getElementById(id);
const config = fetch('config.json').then((response) => response.json());

let session;
let api;
let chat;
let conversation;
let older = null;
let ends = [];

function tell(text) {
  at('status').textContent = text;
}

/** Runs the handler of a form or button, and shows its error. */
function does(element, event, work) {
  element.addEventListener(event, async (happened) => {
    happened.preventDefault();
    tell('');
    try {
      await work();
    } catch (error) {
      tell(error.message);
    }
  });
}

function entry(list, key, text, first = false) {
  let item = [...list.children].find((child) => child.dataset.key === key);
  if (!item) {
    item = document.createElement('li');
    item.dataset.key = key;
    if (first) {
      list.prepend(item);
    } else {
      list.append(item);
    }
  }
  item.textContent = text;
  return item;
}

function showConversation(shown) {
  const item = entry(at('conversations'), shown.id, '', true);
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = shown.title;
  does(button, 'click', () => enter(shown));
  item.append(button);
}

function showMessage(message, first = false) {
  if (message.conversationId === conversation?.id) {
    entry(at('messages'), message.id, `${message.sender}: ${message.text}`, first);
  }
}

function showPresence({ conversationId, member, state }) {
  if (conversationId === conversation?.id) {
    entry(at('presence'), member, member).className = state;
  }
}

async function readConversations() {
  for (const one of (await chat.conversations()).reverse()) {
    showConversation(one);
  }
}

/** The newest page; a message that is shown already stays where it is. */
async function readMessages(of) {
  const page = await chat.messages(of.id);
  if (of.id !== conversation?.id) {
    return;
  }
  page.items.reverse().forEach((message) => showMessage(message));
  if (older === null) {
    older = page.nextToken;
    at('older').hidden = !older;
  }
}

async function readPresence(of) {
  (await chat.presence(of.id)).forEach(showPresence);
}

function leave() {
  ends.forEach((end) => end());
  ends = [];
  for (const list of ['messages', 'presence']) {
    at(list).replaceChildren();
  }
  older = null;
}

const shown = (error) => tell(error.message);

/** Subscribes first and reads then, so that no message falls between. */
async function enter(entered) {
  leave();
  conversation = entered;
  at('heading').textContent = entered.title;
  at('conversation').hidden = false;
  at('older').hidden = true;
  ends = [
    chat.onMessage(entered.id, {
      ready: () => readMessages(entered).catch(shown),
      event: (message) => showMessage(message),
      refused: shown,
    }),
    chat.onPresence(entered.id, {
      ready: () =>
        chat
          .setPresence(entered.id, 'ONLINE')
          .then(() => readPresence(entered))
          .catch(shown),
      event: showPresence,
      refused: shown,
    }),
  ];
}

does(at('sign-in'), 'submit', async () => {
  try {
    session = await signIn(
      await config,
      at('username').value.trim(),
      at('password').value,
      at('new-password').value,
    );
  } catch (error) {
    at('new-password-label').hidden = error.name !== 'NEW_PASSWORD_REQUIRED';
    throw error;
  }
  at('sign-in').reset();
  at('sign-in').hidden = true;
  at('chat').hidden = false;
  at('me').textContent = session.username;
  api = new Api(await config, session);
  chat = new Chat(api);
  chat.onConversation({
    ready: () => readConversations().catch(shown),
    event: showConversation,
    refused: shown,
  });
});

does(at('create'), 'submit', async () => {
  const created = await chat.create(at('title').value, at('members').value.split(','));
  at('create').reset();
  showConversation(created);
  await enter(created);
});

does(at('say'), 'submit', async () => {
  const message = await chat.say(conversation.id, at('text').value);
  at('say').reset();
  showMessage(message);
});

does(at('older'), 'click', async () => {
  const page = await chat.messages(conversation.id, older);
  older = page.nextToken;
  at('older').hidden = !older;
  page.items.forEach((message) => showMessage(message, true));
});

does(at('sign-out'), 'click', async () => {
  if (conversation) {
    await chat.setPresence(conversation.id, 'OFFLINE');
  }
  await session.signOut();
  api.close();
  location.reload();
});
