// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.services.iam.IamPolicies.Document;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The condition keys that every request has. Names are in lower case. Thread-safe. */
final class ContextKeys {
  static final String CALLED_VIA = "aws:calledvia";
  static final String VIA_SERVICE = "aws:viaawsservice";
  static final String PRINCIPAL_TAG = "aws:principaltag/";

  /** A policy that allows everything. */
  static final Document EVERYTHING =
      new Document(
          "AdministratorAccess",
          """
          {"Version": "2012-10-17",
           "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
          """);

  private record Second(long epoch, List<String> number, List<String> text) {}

  private final SimClock clock;
  private volatile Second second = new Second(Long.MIN_VALUE, List.of(), List.of());

  ContextKeys(SimClock clock) {
    this.clock = clock;
  }

  /** The keys of a principal with an ARN. The caller may change the map. */
  static Map<String, List<String>> principal(
      String arn, String account, String type, String userId) {
    var keys = new HashMap<String, List<String>>();
    keys.put("aws:principalarn", List.of(arn));
    keys.put("aws:principalaccount", List.of(account));
    keys.put("aws:principaltype", List.of(type));
    keys.put("aws:userid", List.of(userId));
    return keys;
  }

  /** The keys of one request. The caller may change the map. */
  Map<String, List<String>> of(
      IamCaller caller, CallContext context, Map<String, List<String>> further, String owner) {
    var keys = new HashMap<String, List<String>>(64);
    keys.put(VIA_SERVICE, List.of("false"));
    keys.put("aws:principalisawsservice", List.of("false"));
    // The local port counts as secure, so that policies that want TLS do not refuse every call.
    keys.put("aws:securetransport", List.of("true"));
    keys.put("aws:requestedregion", List.of(context.region()));
    keys.put("aws:resourceaccount", List.of(owner));
    Second now = now();
    keys.put("aws:currenttime", now.text);
    keys.put("aws:epochtime", now.number);
    put(keys, "aws:sourceip", context.facts().sourceIp());
    put(keys, "aws:useragent", context.facts().userAgent());
    put(keys, "aws:referer", context.facts().referer());
    keys.putAll(further);
    keys.putAll(caller.keys());
    return keys;
  }

  /** The time without fractions of a second. */
  Instant second() {
    return clock.now().truncatedTo(ChronoUnit.SECONDS);
  }

  private Second now() {
    Instant time = clock.now();
    Second known = second;
    if (known.epoch == time.getEpochSecond()) {
      return known;
    }
    var made =
        new Second(
            time.getEpochSecond(),
            List.of(String.valueOf(time.getEpochSecond())),
            List.of(time.truncatedTo(ChronoUnit.SECONDS).toString()));
    second = made;
    return made;
  }

  private static void put(Map<String, List<String>> keys, String key, @Nullable String value) {
    if (value != null) {
      keys.put(key, List.of(value));
    }
  }
}
