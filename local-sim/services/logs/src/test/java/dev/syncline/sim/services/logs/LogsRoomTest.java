// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.logs;

import dev.syncline.sim.servicetests.ServiceContractTest;

class LogsRoomTest extends ServiceContractTest {}
