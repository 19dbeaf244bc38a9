// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch;

import dev.syncline.sim.servicetests.ServiceContractTest;

class CloudWatchRoomTest extends ServiceContractTest {}
