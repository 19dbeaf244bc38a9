// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.worker.queue;

import org.jspecify.annotations.NullMarked;
