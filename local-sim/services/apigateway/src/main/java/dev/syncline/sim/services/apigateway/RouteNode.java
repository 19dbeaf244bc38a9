// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One path segment in the tree of a deployed API. Names go before variables, variables before
 * greedy ones. Built once, then only read.
 */
final class RouteNode {
  /** The method that a request matches, and its path parameters. */
  record Match(DeployedMethod method, Map<String, String> parameters) {}

  private final Map<String, RouteNode> names = new HashMap<>();
  private final Map<String, DeployedMethod> methods = new HashMap<>();
  private @Nullable RouteNode variable;
  private @Nullable RouteNode greedy;
  private String variableName = "";
  private String greedyName = "";

  void add(DeployedMethod method) {
    RouteNode node = this;
    for (String segment : method.resourcePath().split("/")) {
      if (!segment.isEmpty()) {
        node = node.child(segment);
      }
    }
    node.methods.put(method.httpMethod(), method);
  }

  /**
   * Finds the method for path segments as they were sent, so that variables keep their escapes;
   * null without a match. Only a greedy variable takes an empty segment, and not as its first.
   */
  @Nullable Match match(List<String> segments, String httpMethod) {
    if (segments.isEmpty()) {
      DeployedMethod method = methods.getOrDefault(httpMethod, methods.get("ANY"));
      return method == null ? null : new Match(method, new LinkedHashMap<>());
    }
    String first = segments.get(0);
    List<String> rest = segments.subList(1, segments.size());
    RouteNode named = names.get(Exchange.decode(first));
    Match match = named == null ? null : named.match(rest, httpMethod);
    if (match == null && variable != null && !first.isEmpty()) {
      match = variable.match(rest, httpMethod);
      if (match != null) {
        match.parameters().put(variableName, first);
      }
    }
    if (match == null && greedy != null && !first.isEmpty()) {
      match = greedy.match(List.of(), httpMethod);
      if (match != null) {
        match.parameters().put(greedyName, String.join("/", segments));
      }
    }
    return match;
  }

  private RouteNode child(String segment) {
    if (!segment.startsWith("{")) {
      return names.computeIfAbsent(segment, name -> new RouteNode());
    }
    if (segment.endsWith("+}")) {
      greedyName = segment.substring(1, segment.length() - 2);
      RouteNode node = greedy == null ? new RouteNode() : greedy;
      greedy = node;
      return node;
    }
    variableName = segment.substring(1, segment.length() - 1);
    RouteNode node = variable == null ? new RouteNode() : variable;
    variable = node;
    return node;
  }
}
