// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import dev.syncline.sim.servicetests.ServiceContractTest;

class StsRoomTest extends ServiceContractTest {}
