// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import dev.syncline.sim.servicetests.ServiceContractTest;

class AppSyncRoomTest extends ServiceContractTest {}
