// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The policy that an authorizer returned. A denial goes before a permission; what no statement
 * matches is denied. Immutable.
 */
record AuthorizerPolicy(List<Statement> statements) {
  private static final int MAX_STATEMENTS = 1000;

  /** A statement about methods of the API. */
  record Statement(boolean allows, List<String> actions, List<String> resources) {
    boolean matches(String methodArn) {
      return actions.stream().anyMatch(action -> like(action, "execute-api:Invoke", true))
          && resources.stream().anyMatch(resource -> like(resource, methodArn, false));
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
    var statements = new java.util.ArrayList<Statement>();
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
    var texts = new java.util.ArrayList<String>();
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

  /** Whether a text matches a pattern with {@code *} and {@code ?}, in linear space and time. */
  private static boolean like(String pattern, String text, boolean ignoresCase) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      char wanted = p < pattern.length() ? pattern.charAt(p) : 0;
      char found = text.charAt(t);
      boolean same =
          wanted == found
              || (ignoresCase && Character.toLowerCase(wanted) == Character.toLowerCase(found));
      if (p < pattern.length() && wanted == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length() && (wanted == '?' || same)) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
