// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import java.util.List;

/**
 * A policy in compiled form. Immutable and thread-safe; compile once for each version of a policy.
 */
public final class Policy {
  private final String name;
  private final String document;
  private final List<PolicyStatement> statements;

  Policy(String name, String document, List<PolicyStatement> statements) {
    this.name = name;
    this.document = document;
    this.statements = List.copyOf(statements);
  }

  /**
   * Compiles a policy.
   *
   * @param name see {@link #name}
   * @param json the document
   * @throws MalformedPolicyException when it is no policy
   */
  public static Policy parse(String name, String json) {
    return new Policy(name, json, PolicyParser.statements(json));
  }

  /** For explanations: a policy's ARN or name, or the resource that it belongs to. */
  public String name() {
    return name;
  }

  /** The document that was compiled. */
  public String document() {
    return document;
  }

  List<PolicyStatement> statements() {
    return statements;
  }

  @Override
  public String toString() {
    return name;
  }
}
