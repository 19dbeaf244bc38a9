// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks are mocked, by state machine, test case and state. An execution takes a test case
 * when it is started on {@code <state machine ARN>#<test case>}; states that the case does not name
 * call the real service. Immutable.
 *
 * <pre>{@code
 * MockConfig.builder()
 *     .mock("orders", "paymentDeclined", "Charge",
 *         MockedResponse.fails("Declined", "no funds"), MockedResponse.returns("{\"ok\":true}"))
 *     .build()
 * }</pre>
 */
public final class MockConfig {
  /** No mocks. */
  public static final MockConfig NONE = new MockConfig(Map.of());

  private final Map<String, Map<String, Map<String, List<MockedResponse>>>> machines;

  MockConfig(Map<String, Map<String, Map<String, List<MockedResponse>>>> machines) {
    this.machines = Map.copyOf(machines);
  }

  /**
   * Reads a file in the format of Step Functions Local's mock configuration.
   *
   * @throws IllegalArgumentException when it cannot be read, naming the file and the field
   */
  public static MockConfig read(Path file) {
    try {
      return new MockConfigReader(file.toString()).read(Files.readString(file));
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "The mock configuration " + file + " cannot be read: " + unreadable, unreadable);
    }
  }

  /** Collects mocks. */
  public static Builder builder() {
    return new Builder();
  }

  /** Whether any test case of the state machine mocks the state. */
  public boolean mocks(String stateMachine, String state) {
    return machines.getOrDefault(stateMachine, Map.of()).values().stream()
        .anyMatch(testCase -> testCase.containsKey(state));
  }

  /** Responses by state of a test case; null without such a case. */
  public @Nullable Map<String, List<MockedResponse>> testCase(
      String stateMachine, String testCase) {
    return machines.getOrDefault(stateMachine, Map.of()).get(testCase);
  }

  /** Collects mocks. Not thread-safe. */
  public static final class Builder {
    private final Map<String, Map<String, Map<String, List<MockedResponse>>>> machines =
        new LinkedHashMap<>();

    private Builder() {}

    /**
     * The tasks of a state answer with these responses, one after the other, retries included.
     *
     * @throws IllegalArgumentException when there is no response
     */
    public Builder mock(
        String stateMachine, String testCase, String state, MockedResponse... responses) {
      if (responses.length == 0) {
        throw new IllegalArgumentException("state '" + state + "' needs at least one response");
      }
      machines
          .computeIfAbsent(stateMachine, name -> new LinkedHashMap<>())
          .computeIfAbsent(testCase, name -> new LinkedHashMap<>())
          .computeIfAbsent(state, name -> new ArrayList<>())
          .addAll(List.of(responses));
      return this;
    }

    /** A test case without mocks. */
    public Builder testCase(String stateMachine, String testCase) {
      machines
          .computeIfAbsent(stateMachine, name -> new LinkedHashMap<>())
          .computeIfAbsent(testCase, name -> new LinkedHashMap<>());
      return this;
    }

    /** The configuration. */
    public MockConfig build() {
      var copy = new LinkedHashMap<String, Map<String, Map<String, List<MockedResponse>>>>();
      machines.forEach(
          (machine, cases) -> {
            var copiedCases = new LinkedHashMap<String, Map<String, List<MockedResponse>>>();
            cases.forEach(
                (name, states) -> {
                  var copiedStates = new LinkedHashMap<String, List<MockedResponse>>();
                  states.forEach((state, all) -> copiedStates.put(state, List.copyOf(all)));
                  copiedCases.put(name, Map.copyOf(copiedStates));
                });
            copy.put(machine, Map.copyOf(copiedCases));
          });
      return new MockConfig(copy);
    }
  }
}
