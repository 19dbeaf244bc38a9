// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Builds a request and its policies for tests. Immutable. */
record Asked(
    IamPrincipal principal,
    String action,
    String resource,
    String resourceAccount,
    Map<String, List<String>> keys,
    PolicySources policies) {
  static final String ACCOUNT = "111122223333";
  static final String OTHER_ACCOUNT = "444455556666";
  static final IamPrincipal.User USER =
      new IamPrincipal.User("arn:aws:iam::111122223333:user/team/ann", "AIDAANN", ACCOUNT);
  static final IamPrincipal.RoleSession SESSION =
      new IamPrincipal.RoleSession(
          "arn:aws:iam::111122223333:role/apps/worker",
          "AROAWORKER",
          "arn:aws:sts::111122223333:assumed-role/worker/job-1",
          ACCOUNT,
          "");
  private static final PolicySources NO_POLICIES =
      new PolicySources(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), false);

  /** A request for an object of a bucket in the principal's account. */
  static Asked by(IamPrincipal principal) {
    return new Asked(
        principal, "s3:GetObject", "arn:aws:s3:::bucket/a/b", ACCOUNT, Map.of(), NO_POLICIES);
  }

  Asked of(String otherAction, String otherResource) {
    return new Asked(principal, otherAction, otherResource, resourceAccount, keys, policies);
  }

  Asked ownedBy(String account) {
    return new Asked(principal, action, resource, account, keys, policies);
  }

  Asked with(String key, String... values) {
    Map<String, List<String>> more = new LinkedHashMap<>(keys);
    more.put(key, List.of(values));
    return new Asked(principal, action, resource, resourceAccount, more, policies);
  }

  Asked identity(String... statements) {
    return policies(
        new PolicySources(
            Stream.of(statements).map(text -> policy("identity", text)).toList(),
            policies.boundary(),
            policies.session(),
            policies.resource(),
            policies.resourceMustAllow()));
  }

  Asked boundary(String statement) {
    return policies(
        new PolicySources(
            policies.identity(),
            Optional.of(policy("boundary", statement)),
            policies.session(),
            policies.resource(),
            policies.resourceMustAllow()));
  }

  Asked session(String statement) {
    return policies(
        new PolicySources(
            policies.identity(),
            policies.boundary(),
            Optional.of(List.of(policy("session", statement))),
            policies.resource(),
            policies.resourceMustAllow()));
  }

  Asked resourcePolicy(String statements) {
    return policies(
        new PolicySources(
            policies.identity(),
            policies.boundary(),
            policies.session(),
            Optional.of(policy("resource", statements)),
            policies.resourceMustAllow()));
  }

  Asked trust(String statements) {
    PolicySources had = resourcePolicy(statements).policies;
    return policies(
        new PolicySources(had.identity(), had.boundary(), had.session(), had.resource(), true));
  }

  private Asked policies(PolicySources others) {
    return new Asked(principal, action, resource, resourceAccount, keys, others);
  }

  Decision decision() {
    return PolicyEngine.decide(
        new AccessQuery(principal, action, resource, resourceAccount, keys), policies);
  }

  /** {@code allowed} or the end of the message. */
  String outcome() {
    Decision decision = decision();
    return decision.allowed() ? "allowed" : decision.tail(action).strip();
  }

  /** A policy of version 2012-10-17; single quotes become double quotes. */
  static Policy policy(String name, String statements) {
    return Policy.parse(name, document("2012-10-17", statements));
  }

  static String document(String version, String statements) {
    return ("{'Version':'" + version + "','Statement':[" + statements + "]}").replace('\'', '"');
  }
}
