// SPDX-License-Identifier: Apache-2.0
// Uses the code of the page of examples/chat without a browser. Prints what it saw as JSON.
const { web, config, password } = JSON.parse(process.argv[2]);
const { Api } = await import(web + '/appsync.js');
const { Chat } = await import(web + '/chat.js');
const { signIn } = await import(web + '/cognito.js');

const seen = {};
const failure = async (work) => {
  try {
    await work();
    return null;
  } catch (error) {
    return { name: error.name, message: error.message };
  }
};

seen.wrongPassword = await failure(() => signIn(config, 'ann', password + '!'));
seen.temporary = await failure(() => signIn(config, 'new', password));
const renewed = await signIn(config, 'new', password, password + '2');
seen.renewed = renewed.username;

const user = async (name) => {
  const session = await signIn(config, name, password);
  const api = new Api(config, session);
  return { session, api, chat: new Chat(api) };
};
const ann = await user('ann');
const bob = await user('bob');
const eve = await user('eve');
seen.names = [ann.session.username, bob.session.username];

// A session that is about to expire gets a new token by itself.
const old = ann.session.accessToken;
const later = () => ann.session.expires - 1000;
seen.refreshed = (await ann.session.token(later)) !== old;

const conversation = await ann.chat.create('plans', ['bob']);
const follow = (chat, id) =>
  new Promise((resolve) => {
    const events = [];
    let wake = () => {};
    const next = async () => {
      while (events.length === 0) {
        await new Promise((woken) => (wake = woken));
      }
      return events.shift();
    };
    chat.onMessage(id, {
      ready: () => resolve({ next }),
      event: (message) => {
        events.push(message);
        wake();
      },
      refused: (error) => resolve({ refused: { name: error.name, message: error.message } }),
    });
  });
const bobs = await follow(bob.chat, conversation.id);
seen.stranger = (await follow(eve.chat, conversation.id)).refused;
seen.strangerReads = await failure(() => eve.chat.messages(conversation.id));

const said = await ann.chat.say(conversation.id, 'hello');
const heard = await bobs.next();
seen.heard = [heard.sender, heard.text, heard.id === said.id];

// A lost connection is made again, and the subscription goes on.
const again = new Promise((resolve) => {
  for (const one of bob.api.subscriptions.values()) {
    one.handlers.ready = resolve;
  }
});
bob.api.socket.close();
await again;
await ann.chat.say(conversation.id, 'still there?');
seen.afterLoss = (await bobs.next()).text;

await ann.session.signOut();
seen.afterSignOut = await failure(() => ann.session.token(later));
for (const one of [ann, bob, eve]) {
  one.api.close();
}
console.log(JSON.stringify(seen));
