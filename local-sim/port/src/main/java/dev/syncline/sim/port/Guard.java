// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.http.Access;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.Loopback;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Refuses what a web page in the user's browser sends without the user knowing. Whoever reaches the
 * port can run code, so a page must not.
 *
 * <ul>
 *   <li>{@code Host} must mean this machine or a host that is served. A page whose DNS name was
 *       pointed to this machine (DNS rebinding) sends its own name.
 *   <li>A page of another origin, which {@code Origin} or {@code Sec-Fetch-Site} (W3C Fetch
 *       Metadata) tells, is refused except at endpoints of {@link Access#WEB_PAGES}.
 *   <li>{@link Access#LOCAL_PROGRAMS} answers connections from this machine only, and not those of
 *       functions, whose code may be made to fetch an address.
 * </ul>
 *
 * <p>Programs send none of these headers, and a page can neither omit nor change them. Thread-safe.
 *
 * @param served whether a host name in lower case is one of AWS's that is answered here
 */
record Guard(Predicate<String> served, GuardSettings settings) {
  private static final Set<String> OWN_SITE = Set.of("none", "same-origin");
  private static final Set<String> FORM_TYPES =
      Set.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain");
  private static final int MAX_SHOWN = 100;

  /** The ports at both ends of a connection, as the server sees it; 0 where there is none. */
  record Connection(int clientPort, int serverPort) {
    static final Connection NONE = new Connection(0, 0);
  }

  /** Why the request is refused; empty when it may pass. */
  Optional<String> fault(HttpRequest request, Connection connection, Access access) {
    Optional<String> host = hostFault(request);
    if (host.isPresent()) {
      return host;
    }
    if (access == Access.LOCAL_PROGRAMS && !Loopback.isAddress(request.remoteAddress())) {
      return Optional.of(request.rawPath() + " answers programs of this machine only.");
    }
    if (access == Access.WEB_PAGES) {
      return Optional.empty();
    }
    Optional<String> page = pageFault(request);
    return page.isEmpty()
            && access == Access.LOCAL_PROGRAMS
            && connection.clientPort() > 0
            && settings.functions().isFunction(connection.clientPort(), connection.serverPort())
        ? Optional.of(notForFunctions(request))
        : page;
  }

  /** What a task or a function is told that calls the simulator's own endpoints. */
  static String notForFunctions(HttpRequest request) {
    return request.rawPath()
        + " answers programs of this machine only, not tasks and functions of the simulator.";
  }

  /** Why the request's {@code Host} is refused; empty when it is good. */
  Optional<String> hostFault(HttpRequest request) {
    List<String> hosts = request.headers().all("host");
    if (hosts.size() != 1) {
      return Optional.of("A request needs one Host header, and has " + hosts.size() + ".");
    }
    String host = hosts.getFirst();
    Optional<Authority> at = Authority.parse(host);
    if (at.isEmpty()) {
      return Optional.of("The Host header '" + shown(host) + "' is not a host name.");
    }
    String name = at.get().name();
    if (isOwnName(name) || served.test(name)) {
      return Optional.empty();
    }
    if (name.endsWith(".amazonaws.com")) {
      return Optional.of(
          "The Host header names '"
              + shown(host)
              + "', which is no host of a service that the simulator supports.");
    }
    return Optional.of(
        "The Host header names '"
            + shown(host)
            + "', which is neither this machine nor a host that the simulator serves: web pages"
            + " could reach it by such a name. If the name is yours, start the simulator with"
            + " --allow-origin http://"
            + shown(host)
            + " (in Java SimulatorConfig.withAllowedOrigins).");
  }

  /**
   * Whether the request's {@code Host} names the simulator itself, not a host of AWS. Only there
   * are its own endpoints: elsewhere their paths belong to AWS, such as a key in a bucket.
   */
  boolean isForSimulator(HttpRequest request) {
    return Authority.parse(request.headers().first("host").orElse(""))
        .filter(at -> isOwnName(at.name()))
        .isPresent();
  }

  private boolean isOwnName(String name) {
    if (Loopback.isName(name)
        || settings.allowedOrigins().stream().anyMatch(origin -> origin.host().equals(name))) {
      return true;
    }
    InetAddress address = settings.address();
    if (address.isLoopbackAddress() || !Loopback.isLiteral(name) || name.equals("0.0.0.0")) {
      return false;
    }
    // Listening on every address it cannot tell which are its own; and no page has an address for
    // a name that DNS could point elsewhere.
    return address.isAnyLocalAddress()
        || name.equals(address.getHostAddress())
        || name.equals("[" + address.getHostAddress() + "]");
  }

  private Optional<String> pageFault(HttpRequest request) {
    List<String> origins = request.headers().all("origin");
    boolean allowed = allowedOrigin(request).isPresent();
    if (!origins.isEmpty() && !allowed && !isOwnPage(request, origins)) {
      return Optional.of(
          refusedPage(origins.size() == 1 ? origins.getFirst() : origins.toString()));
    }
    boolean crossSite =
        request.headers().all("sec-fetch-site").stream().anyMatch(site -> !OWN_SITE.contains(site));
    if (crossSite && !allowed && !allowedReferer(request)) {
      return Optional.of(refusedPage(""));
    }
    return Optional.empty();
  }

  private static boolean isOwnPage(HttpRequest request, List<String> origins) {
    Optional<Authority> at = Authority.parse(request.headers().first("host").orElse(""));
    return origins.size() == 1
        && at.isPresent()
        && Origin.read(origins.getFirst())
            .filter(origin -> origin.isAt(at.get(), request.secure()))
            .isPresent();
  }

  /** The origin of the calling page where it may call everything. */
  Optional<Origin> allowedOrigin(HttpRequest request) {
    List<String> origins = request.headers().all("origin");
    return origins.size() == 1
        ? Origin.read(origins.getFirst()).filter(settings.allowedOrigins()::contains)
        : Optional.empty();
  }

  /** An image or a link has no Origin; a page cannot put another's address into Referer. */
  private boolean allowedReferer(HttpRequest request) {
    return request.headers().all("origin").isEmpty()
        && request
            .headers()
            .first("referer")
            .flatMap(Origin::ofPage)
            .filter(settings.allowedOrigins()::contains)
            .isPresent();
  }

  /**
   * Refuses a JSON call that any page could have sent without the browser asking first: a POST with
   * the content type of a form and without a header that only programs set. Browsers of before 2020
   * sent such requests without {@code Origin}.
   *
   * @throws AwsException when it is one
   */
  void requireProgram(HttpRequest request) {
    if (!request.method().equals("POST")
        || !isOfForm(request.headers().first("content-type").orElse(""))
        || request.headers().entries().stream().anyMatch(Guard::isOfProgram)) {
      return;
    }
    throw new AwsException(
        "AccessDeniedException",
        403,
        "The request has neither an Authorization header nor a JSON content type, as if a web page"
            + " had sent it; send Content-Type: application/json.");
  }

  /** A content type that a page may send to any site (the Fetch standard's safelist). */
  private static boolean isOfForm(String contentType) {
    int end = contentType.indexOf(';');
    String type = (end < 0 ? contentType : contentType.substring(0, end)).strip();
    return type.isEmpty() || FORM_TYPES.contains(type.toLowerCase(Locale.ROOT));
  }

  private static boolean isOfProgram(Map.Entry<String, String> header) {
    String name = header.getKey().toLowerCase(Locale.ROOT);
    return name.equals("authorization") || name.startsWith("x-amz-") || name.startsWith("amz-sdk-");
  }

  private static String refusedPage(String origin) {
    boolean named = Origin.read(origin).isPresent();
    return "A web page"
        + (origin.isEmpty() ? " of another site" : " of the origin '" + shown(origin) + "'")
        + " may not call this. If the page is yours, start the simulator with --allow-origin "
        + (named ? shown(origin) : "and the page's origin, such as http://localhost:5173")
        + " (in Java SimulatorConfig.withAllowedOrigins).";
  }

  /** A text of a request, as long as a reader needs. */
  static String shown(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
  }
}
