// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.http;

/** The route of a request. */
public sealed interface Route {

  /** {@code POST /event}. */
  record Submit() implements Route {}

  /**
   * {@code GET /event/{id}}.
   *
   * @param id as the caller wrote it, not validated
   */
  record Status(String id) implements Route {}

  String COLLECTION = "/event";

  /**
   * Finds the route.
   *
   * @throws ProblemException 404 for another path, 405 for another method
   */
  static Route of(BridgeRequest request) {
    String path = withoutTrailingSlash(request.path());
    int start = startOfCollection(path, request.resource());
    String rest = start < 0 ? "/" : path.substring(start + COLLECTION.length());
    if (rest.isEmpty()) {
      require(request, "POST");
      return new Submit();
    }
    String id = rest.substring(1);
    if (start < 0 || id.isEmpty() || id.indexOf('/') >= 0) {
      throw new ProblemException(
          new Problem(
              404,
              "no-such-path",
              "No such path",
              "The paths are POST /event and GET /event/{id}."));
    }
    require(request, "GET");
    return new Status(id);
  }

  /**
   * The path of the work's status for the caller: with the stage or base path that precedes {@code
   * /event} in the caller's request.
   */
  static String location(BridgeRequest request, String id) {
    String seen = withoutTrailingSlash(request.contextPath());
    if (!seen.endsWith(COLLECTION)) {
      seen = seen.substring(0, Math.max(0, seen.lastIndexOf('/')));
    }
    String prefix =
        seen.endsWith(COLLECTION) ? seen.substring(0, seen.length() - COLLECTION.length()) : "";
    return prefix + COLLECTION + "/" + id;
  }

  /** The index of {@code /event}; not 0 only after a custom domain's base path. */
  private static int startOfCollection(String path, String resource) {
    if (path.equals(COLLECTION) || path.startsWith(COLLECTION + "/")) {
      return 0;
    }
    if (resource.equals(COLLECTION) && path.endsWith(COLLECTION)) {
      return path.length() - COLLECTION.length();
    }
    int last = path.lastIndexOf('/');
    boolean oneBelow = resource.startsWith(COLLECTION + "/{") && last > 0;
    return oneBelow && path.substring(0, last).endsWith(COLLECTION)
        ? last - COLLECTION.length()
        : -1;
  }

  private static void require(BridgeRequest request, String method) {
    if (!request.method().equals(method)) {
      throw new ProblemException(
          new Problem(
                  405,
                  "method-not-allowed",
                  "Method not allowed",
                  request.method() + " is not allowed here; use " + method + ".")
              .withHeader("Allow", method));
    }
  }

  private static String withoutTrailingSlash(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
