// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example {@code examples/chat}: members of a conversation chat, and strangers cannot. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChatExampleTest {
  private static final String MESSAGE = "{ conversationId id sender text sentAt }";
  private static final String PRESENCE = "{ conversationId member state seenAt }";

  @AutoClose private ChatDeployment chat;
  @AutoClose private GraphqlApi ann;
  @AutoClose private GraphqlApi bob;
  @AutoClose private GraphqlApi eve;

  @BeforeEach
  void start() throws Exception {
    chat = ChatDeployment.start(Deployed.config(), "ann", "bob", "eve");
    ann = chat.api(accessToken("ann"));
    // The ID token is accepted too.
    bob = chat.api(chat.signIn("Bob").path("IdToken").asText());
    eve = chat.api(accessToken("eve"));
  }

  private String accessToken(String user) throws Exception {
    return chat.signIn(user).path("AccessToken").asText();
  }

  private static String conversation(GraphqlApi owner) throws Exception {
    return owner
        .data(
            "mutation { createConversation(title: \"plans\", members: [\"Bob\", \"bob\"])"
                + " { id title members createdAt } }")
        .at("/createConversation/id")
        .asText();
  }

  private static JsonNode say(GraphqlApi from, String conversation, String text) throws Exception {
    return from.data(saying(conversation, text)).path("sendMessage");
  }

  private static String saying(String conversation, String text) {
    return "mutation { sendMessage(conversationId: \"%s\", text: \"%s\") %s }"
        .formatted(conversation, text, MESSAGE);
  }

  private static String messages(String conversation, String more) {
    return "{ messages(conversationId: \"%s\"%s) { items %s nextToken } }"
        .formatted(conversation, more, MESSAGE);
  }

  private static String onMessage(String conversation) {
    return "subscription { onMessage(conversationId: \"%s\") %s }".formatted(conversation, MESSAGE);
  }

  private static String onPresence(String conversation) {
    return "subscription { onPresence(conversationId: \"%s\") %s }"
        .formatted(conversation, PRESENCE);
  }

  private static String presence(String conversation, String state) {
    return "mutation { setPresence(conversationId: \"%s\", state: %s) %s }"
        .formatted(conversation, state, PRESENCE);
  }

  @Test
  void theOtherMemberReceivesWhatIsSaid() throws Exception {
    GraphqlApi.Connection bobs = bob.connect().ready();
    GraphqlApi.Connection eves = eve.connect().ready();
    bobs.start("conversations", "subscription { onConversation { id title members } }");
    eves.start("conversations", "subscription { onConversation { id title members } }");
    JsonNode made =
        ann.data(
                "mutation { createConversation(title: \"plans\", members: [\" Bob\"])"
                    + " { id title members } }")
            .path("createConversation");
    assertThat(made.path("members")).extracting(JsonNode::asText).containsExactly("ann", "bob");
    assertThat(bobs.event("conversations").path("onConversation")).isEqualTo(made);

    String id = made.path("id").asText();
    String other = conversation(ann);
    assertThat(bobs.event("conversations").at("/onConversation/id").asText()).isEqualTo(other);
    bobs.start("messages", onMessage(id));
    say(ann, other, "elsewhere");
    JsonNode said = say(ann, id, "hello");
    assertThat(said.path("sender").asText()).isEqualTo("ann");
    assertThat(bobs.event("messages").path("onMessage")).isEqualTo(said);
    assertThat(bob.data(messages(id, "")).at("/messages/items")).containsExactly(said);

    bobs.start("presence", onPresence(id));
    ann.data(presence(id, "ONLINE"));
    assertThat(bobs.event("presence").at("/onPresence/state").asText()).isEqualTo("ONLINE");
    JsonNode states =
        bob.data("{ presence(conversationId: \"" + id + "\") { member state } }").path("presence");
    assertThat(states.toString())
        .isEqualTo(
            "[{\"member\":\"ann\",\"state\":\"ONLINE\"},{\"member\":\"bob\",\"state\":\"OFFLINE\"}]");

    JsonNode mine = bob.data("{ conversations { items { id } nextToken } }").path("conversations");
    assertThat(mine.path("items")).extracting(one -> one.path("id").asText()).hasSize(2);
    assertThat(eve.data("{ conversations { items { id } } }").at("/conversations/items")).isEmpty();
    // The next thing that eve hears of is a conversation with her: she has heard of none before.
    JsonNode hers =
        ann.data(
                "mutation { createConversation(title: \"t\", members: [\"eve\"]) { id title members"
                    + " } }")
            .path("createConversation");
    assertThat(eves.event("conversations").path("onConversation")).isEqualTo(hers);
  }

  @Test
  void aStrangerIsRefusedOnQueryMutationAndSubscription() throws Exception {
    String id = conversation(ann);
    say(ann, id, "secret");
    refused(eve, messages(id, ""), "messages", "Query");
    refused(eve, "{ presence(conversationId: \"" + id + "\") { member } }", "presence", "Query");
    refused(eve, saying(id, "hi"), "sendMessage", "Mutation");
    refused(eve, presence(id, "ONLINE"), "setPresence", "Mutation");
    GraphqlApi.Connection eves = eve.connect().ready();
    for (String document : List.of(onMessage(id), onPresence(id))) {
      JsonNode answer = eves.begin("s", document);
      assertThat(answer.path("type").asText()).as(answer.toString()).isEqualTo("error");
      assertThat(answer.toString())
          .contains("Not Authorized to access on")
          .doesNotContain("secret");
    }
    assertThat(bob.data(messages(id, "")).at("/messages/items")).hasSize(1);
  }

  private static void refused(GraphqlApi stranger, String document, String field, String type)
      throws Exception {
    JsonNode answer = stranger.answer(document);
    assertThat(answer.at("/errors/0/errorType").asText())
        .as(answer.toString())
        .isEqualTo("Unauthorized");
    assertThat(answer.at("/errors/0/message").asText())
        .isEqualTo("Not Authorized to access " + field + " on type " + type);
    assertThat(answer.path("data").path(field).isNull() || answer.path("data").isNull()).isTrue();
  }

  @Test
  void expiredForgedAndForeignTokensAreRefused() throws Exception {
    String good = accessToken("ann");
    int dot = good.lastIndexOf('.');
    String other = accessToken("bob");
    ObjectNode client =
        new ObjectMapper()
            .createObjectNode()
            .put("UserPoolId", chat.output("UserPoolId"))
            .put("ClientName", "other");
    client
        .putArray("ExplicitAuthFlows")
        .add("ALLOW_ADMIN_USER_PASSWORD_AUTH")
        .add("ALLOW_REFRESH_TOKEN_AUTH");
    String otherClient =
        chat.call("CreateUserPoolClient", client).at("/UserPoolClient/ClientId").asText();
    ObjectNode signIn =
        new ObjectMapper()
            .createObjectNode()
            .put("UserPoolId", chat.output("UserPoolId"))
            .put("ClientId", otherClient)
            .put("AuthFlow", "ADMIN_USER_PASSWORD_AUTH");
    signIn
        .putObject("AuthParameters")
        .put("USERNAME", "ann")
        .put("PASSWORD", ChatDeployment.PASSWORD);
    String ofOtherClient =
        chat.call("AdminInitiateAuth", signIn).at("/AuthenticationResult/AccessToken").asText();
    assertThat(status(good)).isEqualTo(200);
    assertThat(status("")).isEqualTo(401);
    assertThat(status(good.substring(0, dot) + other.substring(other.lastIndexOf('.'))))
        .isEqualTo(401);
    assertThat(status(ofOtherClient)).isEqualTo(401);
    chat.simulator.clock().run(() -> chat.simulator.clock().pause(Duration.ofMinutes(61)));
    assertThat(status(good)).isEqualTo(401);
    assertThat(status(accessToken("ann"))).isEqualTo(200);
  }

  private int status(String token) throws Exception {
    try (GraphqlApi api = chat.api(token)) {
      return api.send("{ conversations { items { id } } }").statusCode();
    }
  }

  @Test
  void messagesComeInPagesNewestFirst() throws Exception {
    String id = conversation(ann);
    for (int i = 0; i < 5; i++) {
      say(i % 2 == 0 ? ann : bob, id, "m" + i);
      chat.simulator.clock().run(() -> chat.simulator.clock().pause(Duration.ofMillis(2)));
    }
    JsonNode first = bob.data(messages(id, ", limit: 2")).path("messages");
    assertThat(first.path("items"))
        .extracting(m -> m.path("text").asText())
        .containsExactly("m4", "m3");
    JsonNode second =
        bob.data(
                messages(id, ", limit: 2, nextToken: \"" + first.path("nextToken").asText() + "\""))
            .path("messages");
    assertThat(second.path("items"))
        .extracting(m -> m.path("text").asText())
        .containsExactly("m2", "m1");
    JsonNode third =
        bob.data(
                messages(
                    id, ", limit: 2, nextToken: \"" + second.path("nextToken").asText() + "\""))
            .path("messages");
    assertThat(third.path("items")).extracting(m -> m.path("text").asText()).containsExactly("m0");
    assertThat(third.path("nextToken").isNull()).isTrue();
  }

  @Test
  void wrongInputIsRefusedByName() throws Exception {
    String id = conversation(ann);
    assertThat(ann.answer(saying(id, " ")).at("/errors/0/message").asText())
        .isEqualTo("text must have 1 to 4000 characters");
    assertThat(
            ann.answer("mutation { createConversation(title: \"t\", members: [\"ann\"]) { id } }")
                .at("/errors/0/message")
                .asText())
        .isEqualTo("a conversation has 2 to 20 members");
  }

  /** What the README calls the same text has to be the same. */
  @Test
  void theTemplateHasTheSchemaAndTheResolversOfTheFiles() throws Exception {
    String template = unindented(Repository.text(ChatDeployment.EXAMPLE + "template.yaml"));
    assertThat(template)
        .contains(unindented(Repository.text(ChatDeployment.EXAMPLE + "schema.graphql")));
    try (Stream<Path> files = Files.list(Repository.path(ChatDeployment.EXAMPLE + "resolvers"))) {
      for (Path file : files.toList()) {
        assertThat(template).contains(unindented(Files.readString(file)));
      }
    }
  }

  private static String unindented(String text) {
    return text.replaceAll("(?m)^ +", "");
  }
}
