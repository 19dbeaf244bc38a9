// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Everything that a room uses from outside. Immutable; its parts are thread-safe.
 *
 * @param clock the one clock
 * @param ids the room's own stream of ids, which depends on the seed and on the room's id only
 * @param journal the one journal
 * @param faults the planned faults; a room declares its places here
 * @param dispatcher calls operations of all services
 * @param contracts the interfaces between rooms that are not operations
 * @param settings values that the user has set
 * @param account 12 digits
 * @param region the region served
 * @param workDirectory for files that need not outlive the simulator; owned by the simulator
 * @param endpoint the URL of the port; may be called only after the port is open
 */
public record ServiceContext(
    SimClock clock,
    Ids ids,
    Journal journal,
    FaultPlan faults,
    Dispatcher dispatcher,
    Contracts contracts,
    Settings settings,
    String account,
    String region,
    Path workDirectory,
    Supplier<URI> endpoint) {

  /** The same for another room, with that room's stream of ids. */
  public ServiceContext withIds(Ids newIds) {
    return new ServiceContext(
        clock,
        newIds,
        journal,
        faults,
        dispatcher,
        contracts,
        settings,
        account,
        region,
        workDirectory,
        endpoint);
  }

  /**
   * A context for calls of the simulator itself, without a host or a body, with a new request id.
   * Calls that a service makes for a user's resource use {@link #callAs}.
   */
  public CallContext internalCall() {
    return new CallContext(account, region, ids.uuid().toString(), "", new byte[0]);
  }

  /** As {@link #internalCall}, with the permissions of {@code caller}. */
  public CallContext callAs(CallPrincipal caller) {
    return internalCall().as(caller);
  }
}
