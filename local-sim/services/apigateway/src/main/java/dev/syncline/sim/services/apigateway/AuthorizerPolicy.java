// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.Wildcards;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The policy that an authorizer returned. A denial goes before a permission; what no statement
 * matches is denied. Immutable.
 */
record AuthorizerPolicy(List<Statement> statements) {
  private static final int MAX_STATEMENTS = 1000;

  /** A statement about methods of the API. */
  record Statement(boolean allows, List<String> actions, List<String> resources) {
    boolean matches(String methodArn) {
      return actions.stream()
              .anyMatch(
                  action ->
                      Wildcards.matches(action.toLowerCase(Locale.ROOT), "execute-api:invoke"))
          && resources.stream().anyMatch(resource -> Wildcards.matches(resource, methodArn));
    }
  }

  /** What a policy says about a method. */
  enum Decision {
    ALLOWED,
    /** No statement matches. */
    NOT_ALLOWED,
    /** A statement denies it. */
    DENIED
  }

  /** A document that is no such policy. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String reason) {
      super(reason, null, false, false);
    }
  }

  static AuthorizerPolicy of(JsonNode document) throws MalformedException {
    JsonNode all = document.path("Statement");
    if (!document.isObject() || !all.isContainerNode() || all.size() > MAX_STATEMENTS) {
      throw new MalformedException("policyDocument has no Statement");
    }
    var statements = new ArrayList<Statement>();
    for (JsonNode statement : all.isObject() ? List.of(all) : all) {
      for (var member : statement.properties()) {
        if (!List.of("Sid", "Effect", "Action", "Resource").contains(member.getKey())) {
          throw new MalformedException(
              "the simulator does not support " + member.getKey() + " in the policy");
        }
      }
      String effect = statement.path("Effect").asText();
      if (!effect.equals("Allow") && !effect.equals("Deny")) {
        throw new MalformedException("the Effect '" + effect + "'");
      }
      statements.add(
          new Statement(
              effect.equals("Allow"),
              texts(statement.path("Action"), "Action"),
              texts(statement.path("Resource"), "Resource")));
    }
    return new AuthorizerPolicy(List.copyOf(statements));
  }

  private static List<String> texts(JsonNode oneOrMore, String name) throws MalformedException {
    var texts = new ArrayList<String>();
    if (oneOrMore.isTextual()) {
      texts.add(oneOrMore.textValue());
    }
    for (JsonNode one : oneOrMore) {
      texts.add(one.asText());
    }
    if (texts.isEmpty()) {
      throw new MalformedException("a statement has no " + name);
    }
    return List.copyOf(texts);
  }

  Decision decide(String methodArn) {
    boolean allowed = false;
    for (Statement statement : statements) {
      if (statement.matches(methodArn)) {
        if (!statement.allows()) {
          return Decision.DENIED;
        }
        allowed = true;
      }
    }
    return allowed ? Decision.ALLOWED : Decision.NOT_ALLOWED;
  }
}
