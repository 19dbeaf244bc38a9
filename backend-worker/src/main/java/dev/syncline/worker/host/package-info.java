// SPDX-License-Identifier: Apache-2.0
/** The common part of polling hosts: polling, limits, and draining. */
@NullMarked
package dev.syncline.worker.host;

import org.jspecify.annotations.NullMarked;
