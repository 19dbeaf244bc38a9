// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Operators of conditions, one row a case: operator, the policy's values, the request's values
 * (separated by {@code |}; {@code ABSENT} and {@code EMPTY} are states of the key), result.
 */
class ConditionTest {
  /** Evaluates a block with one key. */
  static boolean holds(String operator, String key, String policyValues, String requestValues) {
    String list = policyValues.replace("|", "','");
    Asked asked =
        Asked.by(Asked.USER)
            .identity(
                "{'Effect':'Allow','Action':'*','Resource':'*','Condition':{'%s':{'%s':['%s']}}}"
                    .formatted(operator, key, list));
    return switch (requestValues) {
      case "ABSENT" -> asked.decision().allowed();
      case "EMPTY" -> asked.with(key).decision().allowed();
      default -> asked.with(key, requestValues.split("\\|", -1)).decision().allowed();
    };
  }

  @ParameterizedTest
  @CsvSource({
    "StringEquals, a, a, true",
    "StringEquals, a, A, false",
    "StringEquals, a|b, b, true",
    "StringEquals, a*, ab, false",
    "stringequals, a, a, true",
    "StringNotEquals, a, b, true",
    "StringNotEquals, a|b, b, false",
    "StringEqualsIgnoreCase, Abc, aBC, true",
    "StringNotEqualsIgnoreCase, Abc, aBC, false",
    "StringLike, a*c, a/b:c, true",
    "StringLike, a?c, abc, true",
    "StringLike, a?c, ac, false",
    "StringLike, *, x, true",
    "StringLike, a*b*c, aXbYbZc, true",
    "StringLike, a*b, abc, false",
    "StringNotLike, a*, abc, false",
    "StringNotLike, a*, bc, true",
    "NumericEquals, 10, 10.0, true",
    "NumericNotEquals, 10, 11, true",
    "NumericNotEquals, 10, ten, true",
    "NumericEquals, 10, ten, false",
    "NumericLessThan, 10, 9.99, true",
    "NumericLessThan, 10, 10, false",
    "NumericLessThanEquals, 10, 10, true",
    "NumericGreaterThan, -1, 0, true",
    "NumericGreaterThanEquals, 10, 9, false",
    "DateEquals, 2026-01-01T00:00:00Z, 1767225600, true",
    "DateNotEquals, 2026-01-01T00:00:00Z, 2026-01-01T00:00:01Z, true",
    "DateLessThan, 2026-01-01, 2025-12-31T23:59:59.999Z, true",
    "DateLessThanEquals, 2026-01-01T02:00:00+02:00, 2026-01-01T00:00:00Z, true",
    "DateGreaterThan, 1767225600, 2026-01-01T00:00:01Z, true",
    "DateGreaterThan, 2026-01, 2026-01-01T00:00:00Z, false",
    "DateGreaterThanEquals, 2026, 2026-01-01T00:00Z, true",
    "DateLessThan, never, 2025-12-31T23:59:59Z, false",
    "Bool, true, true, true",
    "Bool, false, true, false",
    "Bool, true, yes, false",
    "BinaryEquals, QmluYXJ5, QmluYXJ5, true",
    "BinaryEquals, QmluYXJ5, Qmlu, false",
    "IpAddress, 203.0.113.0/24, 203.0.113.77, true",
    "IpAddress, 203.0.113.0/25, 203.0.113.200, false",
    "IpAddress, 10.0.0.0/8|203.0.113.9, 203.0.113.9, true",
    "IpAddress, 2001:db8::/33, 2001:db8:7fff::1, true",
    "IpAddress, 2001:db8::/33, 2001:db8:8000::1, false",
    "IpAddress, 0.0.0.0/0, 2001:db8::1, false",
    "NotIpAddress, 203.0.113.0/24, 198.51.100.1, true",
    "NotIpAddress, 203.0.113.0/24, 203.0.113.1, false",
    "NotIpAddress, 203.0.113.0/24, no-address, true",
    "ArnEquals, arn:aws:sns:*:111122223333:topic, arn:aws:sns:eu-west-1:111122223333:topic, true",
    "ArnLike, arn:aws:sns:*:topic, arn:aws:sns:eu-west-1:111122223333:topic, false",
    "ArnLike, arn:aws:s3:::bucket/*, arn:aws:s3:::bucket/a/b, true",
    "ArnLike, arn:aws:states:*:*:execution:m:*, arn:aws:states:e:1:execution:m:x, true",
    "ArnLike, *, arn:aws:s3:::bucket, true",
    "ArnLike, arn:*:*:*:*:*, text, false",
    "ArnNotEquals, arn:aws:s3:::a, arn:aws:s3:::b, true",
    "ArnNotLike, arn:aws:s3:::a*, arn:aws:s3:::ab, false"
  })
  void comparesTheValue(String operator, String policy, String request, boolean holds) {
    assertThat(holds(operator, "test:key", policy, request)).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({
    "StringEquals, false",
    "StringLike, false",
    "StringNotEquals, true",
    "StringNotLike, true",
    "StringEqualsIfExists, true",
    "StringNotEqualsIfExists, true",
    "BoolIfExists, true",
    "Bool, false",
    "NotIpAddress, true",
    "ArnNotEquals, true",
    "NumericLessThan, false",
    "ForAllValues:StringEquals, true",
    "ForAllValues:StringNotEquals, true",
    "ForAnyValue:StringEquals, false",
    "ForAnyValue:StringNotEquals, false",
    "ForAnyValue:StringEqualsIfExists, false"
  })
  void anAbsentKeyAndAnEmptySetAreTheSame(String operator, boolean holds) {
    assertThat(holds(operator, "test:key", "x", "ABSENT")).isEqualTo(holds);
    assertThat(holds(operator, "test:key", "x", "EMPTY")).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({
    "true, ABSENT, true",
    "true, EMPTY, true",
    "true, a, false",
    "false, ABSENT, false",
    "false, a, true",
    "false, a|b, true",
    "true|false, ABSENT, true",
    "true|false, a, true",
    "yes, a, false",
    "yes, ABSENT, false"
  })
  void nullAsksForThePresenceOfTheKey(String policy, String request, boolean holds) {
    assertThat(holds("Null", "test:key", policy, request)).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({
    "ForAllValues:StringEquals, a|b, a|b|a, true",
    "ForAllValues:StringEquals, a|b, a|c, false",
    "ForAllValues:StringNotEquals, a|b, c|d, true",
    "ForAllValues:StringNotEquals, a|b, a|c, false",
    "ForAnyValue:StringEquals, a|b, c|a, true",
    "ForAnyValue:StringEquals, a|b, c|d, false",
    "ForAnyValue:StringNotEquals, a|b, a|c, true",
    "ForAnyValue:StringNotEquals, a|b, a|b, false",
    "ForAllValues:StringLike, d*, data|date, true",
    "foranyvalue:stringlikeifexists, d*, x|date, true"
  })
  void setOperatorsCompareEveryValue(
      String operator, String policy, String request, boolean holds) {
    assertThat(holds(operator, "aws:TagKeys", policy, request)).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({
    "aws:TagKeys, StringEquals, a, false",
    "aws:TagKeys, StringNotEquals, b, false",
    "aws:TagKeys, StringNotEquals, ABSENT, true",
    "dynamodb:LeadingKeys, StringEquals, a, false",
    "dynamodb:Attributes, StringLike, a, false",
    "cognito-identity.amazonaws.com:amr, StringEquals, a, false",
    "test:key, StringEquals, a|a, false",
    "test:key, StringNotEquals, b|c, false"
  })
  void aSetDoesNotMatchWithoutASetOperator(
      String key, String operator, String request, boolean holds) {
    assertThat(holds(operator, key, "a", request)).isEqualTo(holds);
  }

  @Test
  void everyKeyAndEveryBlockMustHold() {
    Asked asked =
        Asked.by(Asked.USER)
            .identity(
                "{'Effect':'Allow','Action':'*','Resource':'*','Condition':{"
                    + "'StringEquals':{'test:one':'1','test:two':'2'},'Bool':{'test:three':true}}}");
    Asked whole = asked.with("test:one", "1").with("test:two", "2").with("test:three", "true");

    assertThat(whole.decision().allowed()).isTrue();
    for (String key : Arrays.asList("test:one", "test:two", "test:three")) {
      assertThat(whole.with(key, "other").decision().allowed()).isFalse();
    }
  }

  @Test
  void namesOfKeysIgnoreCase() {
    assertThat(
            Asked.by(Asked.USER)
                .identity(
                    "{'Effect':'Allow','Action':'*','Resource':'*',"
                        + "'Condition':{'StringEquals':{'AWS:PrincipalTag/Team':'x'}}}")
                .with("aws:principaltag/team", "x")
                .decision()
                .allowed())
        .isTrue();
  }

  @Test
  void anUnknownOperatorIsRefused() {
    assertThatThrownBy(() -> holds("StringEqual", "test:key", "a", "a"))
        .isInstanceOf(MalformedPolicyException.class)
        .hasMessage("Invalid Condition type : StringEqual.");
    assertThatThrownBy(() -> holds("NullIfExists", "test:key", "true", "a"))
        .isInstanceOf(MalformedPolicyException.class);
  }
}
