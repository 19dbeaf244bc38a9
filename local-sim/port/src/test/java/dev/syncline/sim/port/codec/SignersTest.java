// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.service.AccessTable;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomAccess;
import dev.syncline.sim.service.contract.AccessKeys.AccessKey;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.RequestSigner;
import dev.syncline.sim.service.settings.IamMode;
import dev.syncline.sim.service.state.ServiceState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who signed a request, and which credentials are refused in which words. */
class SignersTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Map<String, Protocol> PROTOCOLS =
      Map.of(
          "json", new Protocol.AwsJson("Target", "1.1"),
          "either",
              new Protocol.AwsJsonOrQuery(
                  new Protocol.AwsJson("Target", "1.0"), new Protocol.Query("2012", "ns")),
          "rest", new Protocol.RestJson(),
          "query", new Protocol.Query("2012", "ns"),
          "xml",
              new Protocol.RestXml(
                  "ns", Map.of(), Set.of(), new Protocol.HeaderRule(Set.of(), Set.of(), Map.of())));

  private record Room(Protocol protocol, Optional<RoomAccess> access) implements AwsService {
    @Override
    public String signingName() {
      return "room";
    }

    @Override
    public String title() {
      return "Room";
    }

    @Override
    public List<Operation> operations() {
      return List.of();
    }

    @Override
    public ServiceState state() {
      return ServiceState.NONE;
    }
  }

  private final Signers strict = new Signers(SignersTest::key, false);

  private static Optional<AccessKey> key(String id) {
    return switch (id) {
      case "ASIAGOOD" ->
          Optional.of(new AccessKey(id, "secret", "token", "arn", "u", NOW.plusSeconds(1)));
      case "ASIAOLD" -> Optional.of(new AccessKey(id, "secret", "token", "arn", "u", NOW));
      default -> Optional.empty();
    };
  }

  private static Room room(String protocol) {
    return new Room(
        PROTOCOLS.getOrDefault(protocol, new Protocol.RestJson()),
        Optional.of(RoomAccess.of(AccessTable.of("room", "Open | public\nClosed | *"))));
  }

  private static HttpRequest request(List<Map.Entry<String, String>> headers, String body) {
    var all = new ArrayList<>(headers);
    all.add(Map.entry("Host", "room.us-east-1.amazonaws.com"));
    return new HttpRequest(
        "POST",
        "/a%20b",
        "x=1",
        new Headers(all),
        body.getBytes(StandardCharsets.UTF_8),
        "::1",
        false);
  }

  private static HttpRequest signed(String keyId, String secret, String token, String body) {
    return request(
        RequestSigner.signed(
            "POST",
            "room.us-east-1.amazonaws.com",
            "/a%20b",
            "x=1",
            List.of(),
            "body".getBytes(StandardCharsets.UTF_8),
            new RequestSigner.Credentials(keyId, secret, token),
            "us-east-1",
            "room",
            NOW),
        body);
  }

  private static HttpRequest sample(String kind) {
    return switch (kind) {
      case "unsigned" -> request(List.of(), "body");
      case "unknown" -> signed("AKIAOTHER", "secret", "token", "body");
      case "expired" -> signed("ASIAOLD", "secret", "token", "body");
      case "token" -> signed("ASIAGOOD", "secret", "other", "body");
      case "secret" -> signed("ASIAGOOD", "wrong", "token", "body");
      default -> signed("ASIAGOOD", "secret", "token", "changed");
    };
  }

  @ParameterizedTest
  @CsvSource({
    "json, unsigned, 400, MissingAuthenticationTokenException",
    "json, unknown, 400, UnrecognizedClientException",
    "json, expired, 400, ExpiredTokenException",
    "json, token, 400, UnrecognizedClientException",
    "json, secret, 400, InvalidSignatureException",
    "json, changed, 400, InvalidSignatureException",
    "rest, unsigned, 403, MissingAuthenticationTokenException",
    "rest, unknown, 403, UnrecognizedClientException",
    "rest, expired, 403, ExpiredTokenException",
    "rest, secret, 403, InvalidSignatureException",
    "query, unsigned, 403, MissingAuthenticationToken",
    "query, unknown, 403, InvalidClientTokenId",
    "query, expired, 403, ExpiredToken",
    "query, secret, 403, SignatureDoesNotMatch",
    "either, unknown, 403, UnrecognizedClientException",
    "xml, unsigned, 403, AccessDenied",
    "xml, unknown, 403, InvalidAccessKeyId",
    "xml, token, 400, InvalidToken",
    "xml, expired, 400, ExpiredToken",
    "xml, secret, 403, SignatureDoesNotMatch"
  })
  void badCredentialsAreRefused(String protocol, String kind, int status, String code) {
    assertThatThrownBy(
            () ->
                strict.caller(
                    room(protocol),
                    "Closed",
                    WireRequest.of(sample(kind)),
                    sample(kind),
                    NOW,
                    IamMode.ENFORCE))
        .isInstanceOfSatisfying(
            AwsException.class,
            error ->
                assertThat(error.status() + " " + error.code()).isEqualTo(status + " " + code));
  }

  @ParameterizedTest
  @CsvSource({"unsigned", "unknown", "expired", "token", "secret", "changed"})
  void nothingIsRefusedWhileNothingIsEnforced(String kind) {
    for (IamMode mode : List.of(IamMode.OFF, IamMode.RECORD)) {
      assertThat(
              strict.caller(
                  room("json"), "Closed", WireRequest.of(sample(kind)), sample(kind), NOW, mode))
          .isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource({"unsigned", "unknown", "expired", "token", "secret", "changed"})
  void anOperationOfEveryoneTakesAnyCredentials(String kind) {
    assertThat(
            strict.caller(
                room("json"),
                "Open",
                WireRequest.of(sample(kind)),
                sample(kind),
                NOW,
                IamMode.ENFORCE))
        .isNotNull();
  }

  @Test
  void aGoodSignatureNamesItsKey() {
    HttpRequest good = signed("ASIAGOOD", "secret", "token", "body");
    assertThat(
            strict.caller(room("json"), "Closed", WireRequest.of(good), good, NOW, IamMode.ENFORCE))
        .isEqualTo(new CallPrincipal.Signed("ASIAGOOD"));
  }

  @Test
  void anUnknownKeyMaySignUnlessKeysAreStrict() {
    assertThat(
            new Signers(SignersTest::key, true)
                .caller(
                    room("json"),
                    "Closed",
                    WireRequest.of(sample("unknown")),
                    sample("unknown"),
                    NOW,
                    IamMode.ENFORCE))
        .isEqualTo(new CallPrincipal.Signed("AKIAOTHER"));
  }
}
