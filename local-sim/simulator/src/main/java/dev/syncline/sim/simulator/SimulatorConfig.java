// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.port.MailboxLimits;
import dev.syncline.sim.port.Origin;
import dev.syncline.sim.port.PortSettings;
import dev.syncline.sim.service.Settings;
import dev.syncline.sim.service.settings.AllowedHost;
import dev.syncline.sim.service.settings.DynamoDbSettings;
import dev.syncline.sim.service.settings.EventSettings;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.service.settings.FunctionSettings;
import dev.syncline.sim.service.settings.IdentitySettings;
import dev.syncline.sim.service.settings.MockConfig;
import dev.syncline.sim.service.settings.SqsSettings;
import dev.syncline.sim.service.settings.TaskSettings;
import dev.syncline.sim.service.settings.Tolerance;
import dev.syncline.sim.service.settings.ToleranceSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a simulator. Immutable. Each setting is in one of these parts; the methods
 * {@code with…} change one setting.
 *
 * @param port addresses, ports and allowed callers
 * @param run account, region, time and randomness
 * @param directories directories for files
 * @param settings settings of single rooms
 */
public record SimulatorConfig(
    PortOptions port, RunOptions run, Directories directories, Settings settings) {

  /** Refuses settings that a room does not accept, naming the setting. */
  public SimulatorConfig {
    Rooms.providers().forEach(provider -> provider.check(settings));
  }

  /** Loopback, any free port, skipping time, functions as child processes. */
  public static SimulatorConfig defaults(Path workDirectory) {
    return new SimulatorConfig(
        PortOptions.DEFAULT,
        RunOptions.DEFAULT,
        new Directories(workDirectory, null, false),
        Settings.NONE);
  }

  /** The settings of the port. */
  public PortSettings portSettings() {
    return new PortSettings(
        port.address(),
        port.port(),
        port.tlsPort(),
        port.secondTlsPort(),
        run.region(),
        directories.work());
  }

  /** How functions run. */
  public FunctionSettings functions() {
    return settings.get(FunctionSettings.class, FunctionSettings.DEFAULT);
  }

  /** The access keys, and how signatures are verified. */
  public IdentitySettings identity() {
    return settings.get(IdentitySettings.class, IdentitySettings.DEFAULT);
  }

  private TaskSettings tasks() {
    return settings.get(TaskSettings.class, TaskSettings.DEFAULT);
  }

  private SimulatorConfig with(PortOptions newPort) {
    return new SimulatorConfig(newPort, run, directories, settings);
  }

  private SimulatorConfig with(RunOptions newRun) {
    return new SimulatorConfig(port, newRun, directories, settings);
  }

  private SimulatorConfig with(Directories newDirectories) {
    return new SimulatorConfig(port, run, newDirectories, settings);
  }

  /** The same with a value for a room, in place of another of its type. */
  public SimulatorConfig withSetting(Object value) {
    return new SimulatorConfig(port, run, directories, settings.with(value));
  }

  /** The same with another port. */
  public SimulatorConfig withPort(int newPort, int newTlsPort) {
    return with(port.withPort(newPort, newTlsPort));
  }

  /** The same with a further TLS port, -1 for none. */
  public SimulatorConfig withSecondTlsPort(int newPort) {
    return with(port.withSecondTlsPort(newPort));
  }

  /** The same with other limits for slow WebSocket clients. */
  public SimulatorConfig withMailboxes(MailboxLimits limits) {
    return with(port.withMailboxes(limits));
  }

  /**
   * The same with web pages of these origins, and no others, allowed; see {@link Origin#parse}.
   * Such a page can run code on this machine.
   */
  public SimulatorConfig withAllowedOrigins(List<Origin> origins) {
    return with(port.withAllowedOrigins(origins));
  }

  /** The same with one more such origin. */
  public SimulatorConfig withAllowedOrigin(Origin origin) {
    var origins = new ArrayList<>(port.allowedOrigins());
    origins.add(origin);
    return withAllowedOrigins(origins);
  }

  /** The same for another account and region. */
  public SimulatorConfig withAccount(String account, String region) {
    return with(new RunOptions(account, region, run.clock(), run.seed(), run.start()));
  }

  /** The same with another clock. */
  public SimulatorConfig withClock(ClockMode mode) {
    return with(new RunOptions(run.account(), run.region(), mode, run.seed(), run.start()));
  }

  /** The same with another seed. */
  public SimulatorConfig withSeed(long seed) {
    return with(new RunOptions(run.account(), run.region(), run.clock(), seed, run.start()));
  }

  /** The same with a clock that starts at {@code start}; null for the present. */
  public SimulatorConfig withStart(@Nullable Instant start) {
    return with(new RunOptions(run.account(), run.region(), run.clock(), run.seed(), start));
  }

  /** The same with exactly these refusals of AWS left out. */
  public SimulatorConfig withTolerances(Set<Tolerance> tolerated) {
    return withSetting(new ToleranceSettings(tolerated));
  }

  /** The same with other behaviours of SQS. */
  public SimulatorConfig withSqs(SqsSettings sqs) {
    return withSetting(sqs);
  }

  /** The same with the state kept in {@code data}; null to keep nothing. */
  public SimulatorConfig withData(@Nullable Path data) {
    return with(new Directories(directories.work(), data, directories.skipDamaged()));
  }

  /** The same, with damaged parts of the data directory skipped, or refused. */
  public SimulatorConfig withSkipDamaged(boolean skip) {
    return with(new Directories(directories.work(), directories.data(), skip));
  }

  /** The same with another executor of functions. */
  public SimulatorConfig withExecutor(FunctionExecutor executor, int maxEnvironments) {
    return withSetting(functions().withExecutor(executor, maxEnvironments));
  }

  /** The same with or without proactive initialization. */
  public SimulatorConfig withProactive(boolean proactive) {
    return withSetting(functions().withProactive(proactive));
  }

  /** The same with other access keys or another check of signatures. */
  public SimulatorConfig withIdentity(IdentitySettings identity) {
    return withSetting(identity);
  }

  /** The same with these quotas of Event APIs in place of AWS's, by name. */
  public SimulatorConfig withEventsLimits(Map<String, String> limits) {
    return withSetting(new EventSettings(limits));
  }

  /** The same with one more quota in place of AWS's. */
  public SimulatorConfig withEventsLimit(String name, String value) {
    var limits =
        new LinkedHashMap<>(settings.get(EventSettings.class, EventSettings.DEFAULT).limits());
    limits.put(name, value);
    return withEventsLimits(limits);
  }

  /** The same with other behaviours of DynamoDB. */
  public SimulatorConfig withDynamoDb(DynamoDbSettings dynamoDb) {
    return withSetting(dynamoDb);
  }

  /** The same with one more host outside of the process that HTTP Tasks may call. */
  public SimulatorConfig withAllowedHost(AllowedHost host) {
    var hosts = new ArrayList<>(tasks().allowedHosts());
    hosts.add(host);
    return withAllowedHosts(hosts);
  }

  /** The same with exactly these hosts outside of the process that HTTP Tasks may call. */
  public SimulatorConfig withAllowedHosts(List<AllowedHost> hosts) {
    return withSetting(new TaskSettings(hosts, tasks().mocks()));
  }

  /** The same with these mocks of Task states. */
  public SimulatorConfig withMocks(MockConfig mocks) {
    return withSetting(new TaskSettings(tasks().allowedHosts(), mocks));
  }
}
