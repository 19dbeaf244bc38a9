// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import dev.syncline.sim.iam.AccessQuery;
import dev.syncline.sim.iam.Decision;
import dev.syncline.sim.iam.IamPrincipal;
import dev.syncline.sim.iam.Policy;
import dev.syncline.sim.iam.PolicyEngine;
import dev.syncline.sim.iam.PolicySources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The policy engine alone, in one thread: time of a decision on a role's policy of ten statements
 * with wildcards, conditions and variables. Both decisions read all ten.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class IamBenchmark {
  private static final String POLICY =
      """
      {"Version": "2012-10-17", "Statement": [
       {"Effect": "Deny", "Action": "s3:*", "Resource": "*",
        "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
       {"Effect": "Deny", "Action": "*", "Resource": "*",
        "Condition": {"StringNotEquals": {"aws:RequestedRegion": ["us-east-1", "eu-west-1"]}}},
       {"Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
        "Resource": "arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/*:log-stream:*"},
       {"Effect": "Allow", "Action": "sqs:*", "Resource": "arn:aws:sqs:*:111122223333:jobs-*"},
       {"Effect": "Allow", "Action": ["states:Start*", "states:Describe*"],
        "Resource": "arn:aws:states:us-east-1:111122223333:stateMachine:*"},
       {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
        "Resource": "arn:aws:secretsmanager:us-east-1:111122223333:secret:app-??????"},
       {"Effect": "Allow", "Action": ["dynamodb:GetItem", "dynamodb:Query"],
        "Resource": "arn:aws:dynamodb:us-east-1:111122223333:table/other"},
       {"Effect": "Allow", "NotAction": "dynamodb:*",
        "Resource": "arn:aws:s3:::bucket/${aws:PrincipalTag/team}/*"},
       {"Effect": "Allow", "Action": "dynamodb:*Item", "Resource": "*",
        "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}},
       {"Effect": "Allow", "Action": ["dynamodb:GetItem", "dynamodb:PutItem"],
        "Resource": "arn:aws:dynamodb:us-east-1:111122223333:table/items",
        "Condition": {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": "${aws:userid}*"}}}]}
      """;
  private static final String ACCOUNT = "111122223333";
  private static final IamPrincipal ROLE =
      new IamPrincipal.RoleSession(
          "arn:aws:iam::111122223333:role/app",
          "AROAEXAMPLE",
          "arn:aws:sts::111122223333:assumed-role/app/function",
          ACCOUNT,
          "");
  private static final Map<String, List<String>> KEYS =
      Map.of(
          "aws:SecureTransport", List.of("true"),
          "aws:RequestedRegion", List.of("us-east-1"),
          "aws:SourceIp", List.of("203.0.113.7"),
          "aws:userid", List.of("AROAEXAMPLE:function"),
          "aws:PrincipalTag/team", List.of("blue"),
          "aws:PrincipalArn", List.of("arn:aws:iam::111122223333:role/app"),
          "aws:PrincipalAccount", List.of(ACCOUNT),
          "aws:CurrentTime", List.of("2026-01-01T00:00:00Z"),
          "dynamodb:LeadingKeys", List.of("AROAEXAMPLE:function#1"));

  private final PolicySources sources =
      new PolicySources(
          List.of(Policy.parse("app", POLICY)),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false);
  private final AccessQuery allowed = query("dynamodb:PutItem", "items");
  private final AccessQuery refused = query("dynamodb:DeleteTable", "items");

  private static AccessQuery query(String action, String table) {
    return new AccessQuery(
        ROLE, action, "arn:aws:dynamodb:us-east-1:111122223333:table/" + table, ACCOUNT, KEYS);
  }

  /** The last statement allows. */
  @Benchmark
  public Decision allowed() {
    return PolicyEngine.decide(allowed, sources);
  }

  /** No statement allows. */
  @Benchmark
  public Decision refused() {
    return PolicyEngine.decide(refused, sources);
  }

  /** The last statement allows; the time includes the making of the query with nine keys. */
  @Benchmark
  public Decision withItsQuery() {
    return PolicyEngine.decide(query("dynamodb:PutItem", "items"), sources);
  }

  /** Compiling the policy, which is done once for each version. */
  @Benchmark
  public Policy compiling() {
    return Policy.parse("app", POLICY);
  }
}
