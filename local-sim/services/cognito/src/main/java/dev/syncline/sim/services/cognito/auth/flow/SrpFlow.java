// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.cognito.auth.crypto.AuthDigests;
import dev.syncline.sim.services.cognito.auth.crypto.SrpServer;
import dev.syncline.sim.services.cognito.auth.crypto.SrpTimestamp;
import dev.syncline.sim.services.cognito.auth.state.AuthErrors;
import dev.syncline.sim.services.cognito.pool.PasswordRecord;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.SrpGroup;
import java.math.BigInteger;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sign-in with the secure remote password protocol. The block that the client sends back holds the
 * attempt, sealed, so an attempt that is never finished needs no memory. Thread-safe.
 */
record SrpFlow(AuthTools tools, AuthUsers users) {
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{1,1600}");
  static final int SECRET_DIGITS = 64;

  /**
   * The proof of a password.
   *
   * @param flow the flow that asked for it
   */
  record Proof(PoolUser user, String flow) {}

  /** Starts USER_SRP_AUTH. */
  ObjectNode start(AuthCall call) {
    String name = call.need("USERNAME");
    call.need("SRP_A");
    SecretHashes.require(call.client(), call.find("SECRET_HASH"), List.of(name));
    Optional<PoolUser> user = users.find(call, name);
    user.ifPresent(AuthUsers::requireActive);
    tools.triggers().preAuthentication(call, name, user.orElse(null));
    return AuthAnswers.challenge(
        "PASSWORD_VERIFIER", null, challenge(call, name, user.orElse(null), "USER_SRP_AUTH"));
  }

  /**
   * The parameters of PASSWORD_VERIFIER.
   *
   * @param user null for one that does not exist
   * @param flow the flow that continues after the proof
   */
  Map<String, String> challenge(AuthCall call, String name, @Nullable PoolUser user, String flow) {
    String clientPublic = clientPublic(call);
    PasswordRecord password = user == null ? null : user.password();
    String username = user == null ? name : user.username();
    String secret = tools.ids().hex(SECRET_DIGITS);
    String salt = password == null ? tools.secret().salt(call.pool().id(), name) : password.salt();
    SrpServer server = server(call, username, password, new BigInteger(clientPublic, 16), secret);
    String unique = tools.ids().hex(SECRET_DIGITS);
    ObjectNode attempt =
        Json.object()
            .put("n", unique)
            .put("p", call.pool().id())
            .put("c", call.client().id())
            .put("u", username)
            .put("a", clientPublic)
            .put("b", secret)
            .put("f", flow)
            .put("e", tools.clock().now().plus(call.client().sessionLife()).toEpochMilli());
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("SALT", salt);
    parameters.put("SRP_B", server.serverPublic().toString(16));
    parameters.put("SECRET_BLOCK", tools.secret().seal().seal(unique, Json.write(attempt)));
    parameters.put("USERNAME", username);
    parameters.put("USER_ID_FOR_SRP", username);
    return parameters;
  }

  /** The client's public number, hexadecimal. */
  static String clientPublic(AuthCall call) {
    String number = call.need("SRP_A");
    if (!HEX.matcher(number).matches()) {
      throw AuthErrors.notHexadecimal("SRP_A");
    }
    return number;
  }

  private SrpServer server(
      AuthCall call,
      String username,
      @Nullable PasswordRecord password,
      BigInteger clientPublic,
      String secret) {
    BigInteger verifier =
        password == null
            ? SrpGroup.verifier(
                new BigInteger(1, tools.secret().verifierSeed(call.pool().id(), username)))
            : new BigInteger(password.verifier(), 16);
    return new SrpServer(
        call.pool().shortId(), username, verifier, clientPublic, new BigInteger(secret, 16));
  }

  /**
   * Checks the answer of PASSWORD_VERIFIER.
   *
   * @throws dev.syncline.sim.service.AwsException {@code NotAuthorizedException} and those of a
   *     user who may not sign in
   */
  Proof prove(AuthCall call) {
    String name = call.need("USERNAME");
    String block = call.need("PASSWORD_CLAIM_SECRET_BLOCK");
    String signature = call.need("PASSWORD_CLAIM_SIGNATURE");
    String timestamp = call.need("TIMESTAMP");
    byte[] sealed = decode(block);
    Optional<JsonNode> opened = tools.secret().seal().open(sealed).flatMap(SrpFlow::parse);
    String username = opened.map(found -> found.path("u").asText()).orElse(name);
    SecretHashes.require(call.client(), call.find("SECRET_HASH"), List.of(name, username));
    JsonNode attempt = opened.orElseThrow(AuthErrors::wrongPassword);
    String poolId = call.pool().id();
    boolean here =
        attempt.path("p").asText().equals(poolId)
            && attempt.path("c").asText().equals(call.client().id())
            && attempt.path("e").asLong() > tools.clock().millis();
    if (!here) {
      throw AuthErrors.wrongPassword();
    }
    Optional<PoolUser> user =
        tools
            .store()
            .findUser(poolId, username, true)
            .filter(found -> found.username().equals(username));
    user.ifPresent(AuthUsers::requireActive);
    tools.lockout().requireFree(poolId, username);
    PasswordRecord password = user.map(PoolUser::password).orElse(null);
    SrpServer server =
        server(
            call,
            username,
            password,
            new BigInteger(attempt.path("a").asText(), 16),
            attempt.path("b").asText());
    boolean right =
        server
                .signature(sealed, timestamp)
                .filter(own -> AuthDigests.same(own, signature))
                .isPresent()
            && SrpTimestamp.accepts(timestamp, tools.clock().now());
    if (!right || password == null || user.isEmpty()) {
      tools.lockout().failed(poolId, username);
      throw AuthErrors.wrongPassword();
    }
    if (!tools.once().use("block\n" + attempt.path("n").asText(), 1)) {
      throw AuthErrors.wrongPassword();
    }
    tools.lockout().reset(poolId, username);
    return new Proof(user.get(), attempt.path("f").asText());
  }

  static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException malformed) {
      return new byte[0];
    }
  }

  static Optional<JsonNode> parse(String json) {
    try {
      return Optional.of(Json.MAPPER.readTree(json));
    } catch (JsonProcessingException malformed) {
      return Optional.empty();
    }
  }
}
