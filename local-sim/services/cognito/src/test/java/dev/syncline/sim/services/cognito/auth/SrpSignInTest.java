// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth;

import static dev.syncline.sim.services.cognito.auth.AuthFixture.PASSWORD;
import static dev.syncline.sim.services.cognito.auth.AuthFixture.WRONG;
import static dev.syncline.sim.services.cognito.auth.AuthFixture.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SrpSignInTest {
  @AutoClose private final AuthFixture room = new AuthFixture().people();
  private AuthSrpClient srp = AuthSrpClient.ofPool(room.pool);

  @BeforeEach
  void user() {
    room.user("ann");
    srp = AuthSrpClient.ofPool(room.pool);
  }

  private JsonNode start(String name) {
    ObjectNode answer =
        room.initiate(
            "USER_SRP_AUTH", "'USERNAME': '" + name + "', 'SRP_A': '" + srp.publicNumber() + "'");
    assertThat(answer.path("ChallengeName").asText()).isEqualTo("PASSWORD_VERIFIER");
    assertThat(answer.has("Session")).isFalse();
    return answer.path("ChallengeParameters");
  }

  private ObjectNode prove(String name, String proof) {
    return room.respond("PASSWORD_VERIFIER", "", "'USERNAME': '" + name + "', " + proof);
  }

  @Test
  void theRightPasswordSignsIn() {
    JsonNode challenge = start("ann");

    assertThat(challenge.path("SALT").asText()).matches("[0-9a-f]{32}");
    assertThat(challenge.path("SRP_B").asText()).matches("[0-9a-f]{700,768}");
    assertThat(challenge.path("SECRET_BLOCK").asText().length()).isBetween(1000, 2300);
    assertThat(challenge.path("USERNAME").asText()).isEqualTo("ann");
    assertThat(challenge.path("USER_ID_FOR_SRP").asText()).isEqualTo("ann");
    String proof = srp.proof(challenge, "ann", PASSWORD, room.clock.now());
    assertThat(prove("ann", proof).at("/AuthenticationResult/TokenType").asText())
        .isEqualTo("Bearer");
    assertThat(error(() -> prove("ann", proof))).as("a block is used once").isEqualTo(WRONG);
  }

  @Test
  void everyWrongProofHasTheSameError() {
    JsonNode challenge = start("ann");
    JsonNode other = start("ann");
    String time = "Fri Sep 4 01:00:00 UTC 2026";
    String right = srp.proof(challenge, "ann", PASSWORD, time);

    List.of(
            srp.proof(challenge, "ann", "Other0ne!", time),
            srp.proof(challenge, "ann", PASSWORD, "Fri Sep 04 01:00:00 UTC 2026"),
            srp.proof(challenge, "ann", PASSWORD, "Thu Sep 4 01:00:00 UTC 2026"))
        .forEach(proof -> assertThat(error(() -> prove("ann", proof))).isEqualTo(WRONG));
    assertThat(
            error(
                () ->
                    prove(
                        "ann",
                        right.replace(
                            challenge.path("SECRET_BLOCK").asText(),
                            other.path("SECRET_BLOCK").asText()))))
        .isEqualTo(WRONG);
    assertThat(
            error(
                () ->
                    prove(
                        "ann",
                        right.replace(
                            challenge.path("SECRET_BLOCK").asText(), "bm90IGEgYmxvY2s="))))
        .isEqualTo(WRONG);
    assertThat(prove("ann", right).has("AuthenticationResult")).isTrue();
  }

  @Test
  void anAttemptEndsWithItsSessionTime() {
    JsonNode challenge = start("ann");

    room.advance(Duration.ofMinutes(3));

    String late = srp.proof(challenge, "ann", PASSWORD, room.clock.now());
    assertThat(error(() -> prove("ann", late))).isEqualTo(WRONG);
  }

  @Test
  void aZeroIsRefusedAtTheProofOnly() {
    ObjectNode answer = room.initiate("USER_SRP_AUTH", "'USERNAME': 'ann', 'SRP_A': '0'");
    JsonNode challenge = answer.path("ChallengeParameters");

    // With A = 0 the server's key would be that of S = 0, which every client can make.
    String proof = srp.proof(challenge, "ann", PASSWORD, room.clock.now());

    assertThat(error(() -> prove("ann", proof))).isEqualTo(WRONG);
    assertThat(error(() -> room.initiate("USER_SRP_AUTH", "'USERNAME': 'ann', 'SRP_A': 'xyz'")))
        .isEqualTo("InvalidParameterException: SRP_A must be hexadecimal.");
  }

  @Test
  void aHiddenUserGetsAChallengeWithAStableSalt() {
    assertThat(error(() -> start("nobody")))
        .isEqualTo("UserNotFoundException: User does not exist.");
    room.client = room.client("'PreventUserExistenceErrors': 'ENABLED'").path("ClientId").asText();
    JsonNode one = start("nobody");
    room.client = room.client("'PreventUserExistenceErrors': 'ENABLED'").path("ClientId").asText();
    JsonNode two = start("nobody");

    assertThat(one.path("SALT")).isEqualTo(two.path("SALT"));
    assertThat(one.path("SRP_B")).isNotEqualTo(two.path("SRP_B"));
    assertThat(start("other").path("SALT")).isNotEqualTo(one.path("SALT"));
    assertThat(one.path("SECRET_BLOCK").asText().length())
        .isCloseTo(
            start("ann").path("SECRET_BLOCK").asText().length(),
            org.assertj.core.data.Offset.offset(16));
    String proof = srp.proof(two, "nobody", PASSWORD, room.clock.now());
    assertThat(error(() -> prove("nobody", proof))).isEqualTo(WRONG);
  }

  @Test
  void anAliasIsAnsweredWithTheRealName() {
    room.people("'AliasAttributes': ['email']", "'EnableTokenRevocation': true");
    room.user("ann");
    srp = AuthSrpClient.ofPool(room.pool);

    JsonNode challenge = start("ann@example.com");

    assertThat(challenge.path("USER_ID_FOR_SRP").asText()).isEqualTo("ann");
    assertThat(challenge.path("USERNAME").asText()).isEqualTo("ann");
    String proof = srp.proof(challenge, "ann", PASSWORD, room.clock.now());
    assertThat(prove("ann", proof).has("AuthenticationResult")).isTrue();
  }

  @Test
  void wrongProofsLockTheUserOut() {
    for (int i = 0; i < 5; i++) {
      String wrong = srp.proof(start("ann"), "ann", "Other0ne!", room.clock.now());
      assertThat(error(() -> prove("ann", wrong))).isEqualTo(WRONG);
    }
    String right = srp.proof(start("ann"), "ann", PASSWORD, room.clock.now());

    assertThat(error(() -> prove("ann", right)))
        .isEqualTo("NotAuthorizedException: Password attempts exceeded");
    room.advance(Duration.ofSeconds(1));
    assertThat(prove("ann", right).has("AuthenticationResult")).isTrue();
  }
}
