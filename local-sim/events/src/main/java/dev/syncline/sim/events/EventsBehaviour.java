// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Choices where the behaviour of AppSync Events is not certain. Each has as its default what real
 * clients were seen to rely on, or what is the likeliest. Immutable.
 *
 * @param chosen what was chosen otherwise than by default, by name
 */
public record EventsBehaviour(Map<String, String> chosen) {
  /** Every default. */
  public static final EventsBehaviour DEFAULT = new EventsBehaviour(Map.of());

  /** A question, its answers with the default first, and what they mean. */
  private enum Question {
    /** Whether the connection's credential stands in where a subscribe or publish has none. */
    MISSING_AUTHORIZATION("refuse", "connection"),
    /** Whether a client must send connection_init first. */
    CONNECTION_INIT("optional", "required"),
    /** The answer to an unsubscribe that arrives before the answer to its subscribe is sent. */
    EARLY_UNSUBSCRIBE("error", "ignore"),
    /** The answer to a ka that a client sends. */
    CLIENT_KEEP_ALIVE("ignore", "error"),
    /** Where connection_ack has its connectionTimeoutMs; AWS's Swift client looks in payload. */
    ACK_TIMEOUT("top", "top-and-payload"),
    /** The refusal of an unknown namespace. */
    UNKNOWN_NAMESPACE("forbidden", "not-found"),
    /** Whether events that a handler leaves out are among the successful ones. */
    FILTERED_EVENTS("successful", "omitted"),
    /** Whether an authorizer gets null for the channel of a connection, or no member. */
    AUTHORIZER_CONNECT_CHANNEL("omitted", "null"),
    /** The close code of a connection whose credential was refused. */
    REFUSED_CLOSE_CODE("1000", "1008", "3000", "4401"),
    /** The close code of a connection at the end of its lifetime. */
    LIFETIME_CLOSE_CODE("1000", "1001");

    private final List<String> answers;

    Question(String... answers) {
      this.answers = List.of(answers);
    }

    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Question> named(String name) {
      return Arrays.stream(values()).filter(each -> each.label().equals(name)).findFirst();
    }
  }

  /** The names that {@link #with} takes. */
  public static final List<String> NAMES =
      Arrays.stream(Question.values()).map(Question::label).toList();

  /** Refuses an unknown answer, naming the known ones. */
  public EventsBehaviour {
    chosen = Map.copyOf(chosen);
    chosen.forEach(EventsBehaviour::require);
  }

  private static void require(String name, String answer) {
    Question question =
        Question.named(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "there is no behaviour '" + name + "', only " + String.join(", ", NAMES)));
    if (!question.answers.contains(answer)) {
      throw new IllegalArgumentException(
          name
              + " must be "
              + question.answers.stream().collect(Collectors.joining(" or "))
              + ", got '"
              + answer
              + "'");
    }
  }

  /**
   * The same with one choice made.
   *
   * @param name one of {@link #NAMES}
   * @throws IllegalArgumentException that names the behaviour, for another name or answer
   */
  public EventsBehaviour with(String name, String answer) {
    var more = new TreeMap<>(chosen);
    more.put(name, answer);
    return new EventsBehaviour(more);
  }

  /** Whether the connection's credential replaces a missing one. */
  public boolean connectionStandsIn() {
    return is(Question.MISSING_AUTHORIZATION, "connection");
  }

  /** Whether {@code connection_init} must be the first frame. */
  public boolean initRequired() {
    return is(Question.CONNECTION_INIT, "required");
  }

  /** Whether an unsubscribe is ignored that comes before the answer to its subscribe. */
  public boolean earlyUnsubscribeIgnored() {
    return is(Question.EARLY_UNSUBSCRIBE, "ignore");
  }

  /** Whether a client's {@code ka} is an unsupported operation. */
  public boolean clientKeepAliveRefused() {
    return is(Question.CLIENT_KEEP_ALIVE, "error");
  }

  /** Whether {@code connection_ack} has its timeout in {@code payload} too. */
  public boolean timeoutInPayload() {
    return is(Question.ACK_TIMEOUT, "top-and-payload");
  }

  /** Whether an unknown namespace has another refusal than a forbidden one. */
  public boolean unknownNamespaceNotFound() {
    return is(Question.UNKNOWN_NAMESPACE, "not-found");
  }

  /** Whether events that a handler left out are in neither list of the answer. */
  public boolean filteredOmitted() {
    return is(Question.FILTERED_EVENTS, "omitted");
  }

  /** Whether an authorizer gets null for the channel of a connection. */
  public boolean connectChannelNull() {
    return is(Question.AUTHORIZER_CONNECT_CHANNEL, "null");
  }

  /** The close code of a connection whose credential was refused. */
  public int refusedCloseCode() {
    return Integer.parseInt(answer(Question.REFUSED_CLOSE_CODE));
  }

  /** The close code of a connection at the end of its lifetime. */
  public int lifetimeCloseCode() {
    return Integer.parseInt(answer(Question.LIFETIME_CLOSE_CODE));
  }

  private boolean is(Question question, String answer) {
    return answer(question).equals(answer);
  }

  private String answer(Question question) {
    return chosen.getOrDefault(question.label(), question.answers.getFirst());
  }
}
