// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Random policies and requests over few names, so that many statements match. Seeded. */
final class RandomPolicies {
  private static final List<String> ACTIONS =
      List.of("app:Get", "app:GetAll", "app:Put", "App:Delete", "other:Get");
  private static final List<String> ACTION_PATTERNS =
      List.of("*", "app:*", "app:Get*", "APP:get", "app:?ut", "other:Get", "*:Get", "app:Delete");
  private static final List<String> RESOURCES =
      List.of("arn:app:a", "arn:app:a/b", "arn:app:b/a/c", "arn:app:ann", "*");
  private static final List<String> RESOURCE_PATTERNS =
      List.of(
          "*",
          "arn:app:*",
          "arn:app:a*",
          "arn:*/?",
          "arn:app:*/c",
          "arn:app:${aws:username}",
          "arn:app:a/b");
  private static final List<String> KEYS = List.of("test:One", "test:two", "aws:TagKeys");
  private static final List<String> VALUES = List.of("a", "ab", "b", "7", "12", "true", "ann");
  private static final List<String> WANTED =
      List.of("a", "a*", "?", "b", "7", "true", "*", "${aws:username}");
  private static final List<String> OPERATORS =
      List.of(
          "StringEquals",
          "StringNotEquals",
          "StringLike",
          "StringNotLike",
          "StringEqualsIfExists",
          "StringNotLikeIfExists",
          "ForAllValues:StringEquals",
          "ForAllValues:StringNotLike",
          "ForAnyValue:StringLike",
          "ForAnyValue:StringNotEquals",
          "Bool",
          "BoolIfExists",
          "NumericLessThan",
          "Null");
  private static final List<String> PRINCIPALS =
      List.of(
          "'*'",
          "{'AWS':'*'}",
          "{'AWS':'111122223333'}",
          "{'AWS':'arn:aws:iam::111122223333:root'}",
          "{'AWS':'arn:aws:iam::111122223333:user/team/ann'}",
          "{'AWS':'arn:aws:iam::111122223333:role/apps/worker'}",
          "{'AWS':'arn:aws:sts::111122223333:assumed-role/worker/job-1'}",
          "{'Service':'app.amazonaws.com'}",
          "{'AWS':'444455556666'}");
  private static final List<IamPrincipal> CALLERS =
      List.of(
          Asked.USER,
          Asked.SESSION,
          new IamPrincipal.Service("app.amazonaws.com"),
          IamPrincipal.ANONYMOUS);

  private final Random random;

  RandomPolicies(long seed) {
    random = new Random(seed);
  }

  <T> T pick(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  AccessQuery query() {
    Map<String, List<String>> keys = new HashMap<>();
    for (String key : KEYS) {
      if (chance(70)) {
        List<String> values = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
          values.add(pick(VALUES));
        }
        keys.put(key, values);
      }
    }
    if (chance(60)) {
      keys.put("aws:username", List.of("ann"));
    }
    return new AccessQuery(
        pick(CALLERS),
        pick(ACTIONS),
        pick(RESOURCES),
        chance(75) ? Asked.ACCOUNT : Asked.OTHER_ACCOUNT,
        keys);
  }

  PolicySources sources() {
    return new PolicySources(
        chance(80) ? List.of(policy(false), policy(false)) : List.of(),
        chance(35) ? Optional.of(policy(false)) : Optional.empty(),
        chance(35) ? Optional.of(List.of(policy(false))) : Optional.empty(),
        chance(60) ? Optional.of(policy(true)) : Optional.empty(),
        chance(20));
  }

  Policy policy(boolean resource) {
    List<String> statements = new ArrayList<>();
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      statements.add(statement(chance(80) ? "Allow" : "Deny", resource));
    }
    return policy(statements);
  }

  static Policy policy(List<String> statements) {
    return Asked.policy("random", String.join(",", statements));
  }

  String statement(String effect, boolean resource) {
    StringBuilder text = new StringBuilder("{'Effect':'" + effect + "'");
    if (resource) {
      text.append(",'Principal':").append(pick(PRINCIPALS));
    }
    text.append(chance(15) ? ",'NotAction':" : ",'Action':").append(list(ACTION_PATTERNS));
    text.append(chance(15) ? ",'NotResource':" : ",'Resource':").append(list(RESOURCE_PATTERNS));
    if (chance(50)) {
      text.append(",'Condition':{").append(block());
      text.append('}');
    }
    return text.append('}').toString();
  }

  private String block() {
    String operator = pick(OPERATORS);
    List<String> keys = new ArrayList<>(KEYS);
    Collections.shuffle(keys, random);
    StringBuilder text = new StringBuilder("'" + operator + "':{");
    for (int key = 0; key <= random.nextInt(2); key++) {
      text.append(key == 0 ? "'" : ",'")
          .append(keys.get(key))
          .append("':")
          .append(wanted(operator));
    }
    return text.append('}').toString();
  }

  private String wanted(String operator) {
    if (operator.startsWith("Bool") || operator.equals("Null")) {
      return chance(50) ? "'true'" : "'false'";
    }
    return operator.startsWith("Numeric") ? "'10'" : list(WANTED);
  }

  private String list(List<String> of) {
    return chance(50) ? "'" + pick(of) + "'" : "['" + pick(of) + "','" + pick(of) + "']";
  }
}
