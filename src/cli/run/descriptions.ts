/** What the help of commands says that work on a wave. */

export const runDescription = `Call those whom this wave has not called.

It shows what would change and who would be called, then asks for their number to be typed; without a terminal --approve says how many it may be at most. Run again, it calls only who is left: a failed job may be repeated at any time.

--take-over is for a lost store. The provider's object names the store that ran the campaign last; this one takes the campaign over, waits until a run of that store would have noticed and the listing is sure to be complete, and looks up at the provider who was called before it calls anybody.

--nobody-called is for a store that may not know all calls, where the provider cannot list them or lists some without a reference: a person says that the wave has called nobody. Calls with a reference count all the same.

--renamed-from and --new-address are for a file whose campaign has another name than before, or no longer has the environment that was called: it would call everybody again, so run, plan and apply stop there. --renamed-from says that it is the same campaign: its object and its record of calls move along, and nobody is called twice. --new-address says that it is another one.

--webhook-listen hears the provider's events while the run works, below the URL that --webhook-url names: a call is asked for as soon as the provider says that something happened to it. An event is no evidence, so a forged one changes nothing. A terminal shows the whole URL, which is a secret, before it asks.`;

export const resolveDescription = `Settle recipients of whom nobody knows whether they were called.

Name them by their ids, or nobody for all of them. With --as called they are not called again in this wave; with --as not-called the next run calls them.`;

export const resumeDescription = `Let a wave that was stopped be run again; it calls nobody.

A wave stops itself when ten recipients in a row are refused alike; mend what they were refused for first. A person stops it with pause. What was cancelled stays so.`;

export const pauseDescription = `Let nobody of a wave be called until it is resumed.

From the moment this command ends nobody is dialled any more, by any process. A run that is under way hears of it within seconds, waits for the answers to its requests and ends (exit 9). Calls that people are in go on; run follows them to their end and calls nobody while the wave is paused.`;

export const cancelDescription = `End a wave for good: nobody of it is called any more.

It shows how many people that are, then asks for their number to be typed; without a terminal --approve says how many it may be at most. Whoever waits for a call is skipped as cancelled, and so is who is added to the list later on. Nothing takes that back: callplan rerun with --only skipped calls them in a wave of their own, while another wave of the file calls everybody anew.

Calls that are under way are ended where the provider's API can do that, and followed to their end: by the run that is under way, else by this command. Where the API cannot, they go on and are followed. Who may have been called is looked up, as by a run.

The word stands in the store. A copy of the store that was made before does not know it.`;
