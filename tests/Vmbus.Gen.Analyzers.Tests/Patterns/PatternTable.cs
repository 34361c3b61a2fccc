namespace Vmbus.Gen.Analyzers.Tests.Patterns;

/// <summary>
/// The patterns of control flow that every tool of this kind should decide, by number. A verdict is <c>ok</c>, the ids that the case reports,
/// <c>-</c> where the pattern asks nothing of the family, or <c>not applicable: </c> with the reason why there is nothing to ask here.
/// </summary>
internal static class PatternTable
{
    private const string Text = """
        # Straight line
        1 | completed by the last statement | ok | VMB201
        2 | empty body | VMB101 | -
        3 | completed twice in a row | VMB102 | -
        4 | completed, then failed | VMB102 | -
        5 | deferred, then completed | VMB102 | -
        6 | goes on after completion | ok | VMB201
        7 | expression body | ok | VMB201
        8 | the method only named | VMB101 | ok
        9 | method group that nobody calls | VMB101 | ok
        10 | completed in a call that is compiled out | VMB101 | ok
        11 | completed in the argument of an assertion | VMB101 | ok
        # Branches
        12 | both arms complete | ok | VMB201
        13 | one arm completes | VMB101 | VMB201
        14 | early return | VMB101 | VMB201
        15 | several guards that fail the packet | ok | -
        16 | one guard forgets | VMB101 | -
        17 | in both arms and behind them | VMB102 | -
        18 | in one arm and behind it | VMB102 | -
        19 | nested branches that cover everything | ok | -
        20 | chain of branches without a last one | VMB101 | -
        21 | conditional expression, both sides | ok | VMB201
        22 | conditional expression, one side | VMB101 | -
        23 | right side of a conditional and | VMB101 | VMB201
        24 | right side of a coalescing operator | VMB101 | VMB201
        25 | conditional access | VMB101 | VMB201
        26 | receiver known not to be null | ok | -
        27 | the same condition twice | ok | VMB201
        28 | condition assigned in between | VMB101 VMB102 | -
        29 | flag that says whether it is done | ok | -
        30 | flag read the wrong way round | VMB101 VMB102 | -
        31 | condition that is constantly false | VMB101 | ok
        32 | flag that a callee changes by reference | VMB101 VMB102 | VMB201
        33 | flag in a field that a callee changes | VMB101 VMB102 | VMB201
        34 | asks the packet before it completes it | ok | -
        35 | completion that answers whether it was the first | not applicable: completing answers nothing; the second time throws | -
        36 | helper that fails the packet exactly when it answers false | ok | VMB201
        37 | helper that fails the packet whatever it answers | VMB102 | -
        38 | status that tells whether the packet is still owed | ok | VMB201
        # Switches and patterns
        39 | switch, all sections | ok | VMB201
        40 | switch without a default | VMB101 | -
        41 | switch over every member of an enum | VMB101 | -
        42 | jump from one section into another that completes again | VMB102 | -
        43 | switch expression, all arms | ok | VMB201
        44 | switch expression that may match nothing | ok | -
        45 | arm that throws | VMB108 | -
        46 | guards of sections | ok | VMB201
        47 | type pattern | ok | -
        48 | pattern over a property with a side effect | ok | VMB201
        49 | list pattern over the buffer after completion | VMB103 | -
        50 | inverted pattern and return | VMB101 | -
        51 | discarded | VMB101 | -
        # Loops and jumps
        52 | behind a loop | ok | VMB201
        53 | in the body of a loop over a collection | VMB101 VMB102 | VMB201
        54 | endless loop that completes and returns | ok | not applicable: waiting by turning round is no call; the rules look at calls
        55 | endless loop | ok | not applicable: no rule says that a handler has to return
        56 | in the body of a loop | VMB101 VMB102 | -
        57 | in a body that runs at least once | VMB102 | -
        58 | leaves the loop before the end | VMB101 | -
        59 | continues before the end, a packet a round | VMB101 | -
        60 | a packet a round | ok | VMB201
        61 | leaves the loop with a packet in hand | VMB101 | -
        62 | the next one taken over the last one | VMB105 | -
        63 | jump to the end | ok | -
        64 | jump back | VMB102 | -
        65 | jump out of two loops | ok | -
        66 | iterator that is given the packet | VMB101 | -
        67 | spins until a condition holds | - | VMB201
        68 | spins for a number of turns | - | ok
        # Exceptions
        69 | throws before completion | VMB108 | -
        70 | calls something before completion | ok | -
        71 | completes last in a try, fails in the catch | ok | -
        72 | catch fails and returns | ok | VMB201
        73 | swallows what is thrown before completion | VMB101 | -
        74 | completes first in a try, fails in the catch | VMB102 | -
        75 | finally completes | ok | VMB201
        76 | try and finally complete | VMB102 | -
        77 | finally by a flag | ok | -
        78 | flag set before completion | VMB101 | -
        79 | nested finally, one completes | ok | VMB201
        80 | nested finally, both complete | VMB102 | -
        81 | returns through a finally that completes | ok | -
        82 | finally throws after completion | ok | -
        83 | finally throws before completion | VMB108 | -
        84 | filter | ok | VMB201
        85 | filter that completes | VMB102 | -
        86 | one of two handlers completes | VMB101 | -
        87 | thrown past a handler of another type | VMB108 | -
        88 | handler completes and throws on | ok | -
        89 | handler throws on | VMB108 | -
        90 | throw expression | VMB108 | -
        91 | does not return | ok | ok
        92 | helper that always throws | ok | -
        93 | arithmetic, elements, members that may throw | ok | -
        94 | guard of the framework that throws | ok | -
        95 | argument that may throw | ok | VMB201
        # Scopes
        96 | guard that completes when it is disposed | ok | VMB201
        97 | guard and completion | VMB102 | -
        98 | guard that gives the packet back | ok | -
        99 | guard that is told to do nothing | not applicable: a guard owes what it was given; what it does with it is its author's | -
        100 | guard on one path only | VMB101 | -
        101 | in a lock | ok | VMB206
        102 | lock that is tried for | ok | ok
        103 | spin lock | ok | ok
        104 | spin lock that is not left | - | not applicable: no rule follows spin locks; a raised IRQL is followed (VMB204)
        105 | guard disposed asynchronously | CS8410 | -
        106 | memory of the stack | ok | ok
        # Aliases and references
        107 | copy completed | ok | -
        108 | copy and original completed | VMB102 | -
        109 | one of two | VMB101 | -
        110 | local reference | ok | -
        111 | read through a reference | ok | VMB201
        112 | replaced through a reference | ok | -
        113 | put out by a helper | ok | -
        114 | parameter overwritten by another packet | VMB105 | -
        115 | inline packet in a tuple | CS9244 | -
        116 | payload taken apart | ok | -
        # Functions
        117 | local function | ok | VMB201
        118 | local function that nobody calls | VMB101 | ok
        119 | local function called twice | VMB102 | VMB201
        120 | inline packet captured | CS9108 | -
        121 | lambda called at once | ok | VMB201
        122 | delegate without a contract | VMB101 | ok
        123 | delegate with a contract | ok | VMB202
        124 | event | VMB101 | -
        125 | handed to another thread | - | ok
        126 | called back before the call returns | - | VMB201
        # Pended packets
        127 | inline packet in an async method | CS4012 | VMB201
        128 | queued | ok | -
        129 | pended and discarded | VMB105 | -
        130 | stored in a field | ok | -
        131 | overwritten | VMB105 | -
        132 | captured by an iterator that nobody enumerates | ok | ok
        133 | async finally | ok | ok
        134 | async, early return | VMB101 | -
        135 | async void | ok | -
        136 | continuation | ok | -
        137 | two continuations | VMB102 | -
        138 | cancellation and the normal path | VMB102 | -
        139 | pended packet deferred | CS1061 | -
        140 | deferred at PASSIVE_LEVEL | VMB104 | ok
        141 | saved and completed | not applicable: what is saved are the packets of the channel, by the run time; a callback sees no completion there | -
        142 | state of a work item | ok | ok
        # Views
        143 | member used after completion | VMB103 | -
        144 | copied before | ok | -
        145 | span used after completion | VMB301 | -
        146 | bytes copied before | ok | -
        147 | part of the span used after completion | VMB301 | -
        148 | span in a structure that a helper fills | VMB301 | -
        148b | span that a helper returns | VMB301 | -
        148c | span that the completing helper returns | VMB301 | -
        149 | pointer kept in a field | VMB302 | -
        150 | helper that keeps a pointer | VMB302 | -
        151 | reference into the packet | VMB301 | -
        152 | used after a helper completed | VMB103 | -
        153 | used where it may be completed | VMB101 VMB103 | -
        154 | external data after completion | VMB304 | -
        155 | out parameter filled before | ok | -
        # Calls, types, generics
        156 | helper completes | ok | VMB201
        157 | helper completes when it answers true | ok | VMB201
        158 | nine helpers deep | ok | VMB201
        159 | recursion | ok | VMB201
        160 | mutual recursion that forgets | VMB101 | -
        161 | extension method | ok | -
        162 | constraint with a contract | ok | -
        163 | type parameter that allows ref structs | ok | -
        164 | static abstract member | ok | VMB201
        165 | sealed receiver | ok | ok
        166 | virtual method with a contract | ok | VMB205
        167 | interface without a contract | VMB101 | VMB201
        168 | base completes, and so does the override | VMB102 | VMB201
        169 | override that does not call its base | VMB101 | -
        170 | partial method without a body | VMB101 | ok
        171 | partial method with a body | ok | -
        172 | property, indexer, operator, conversion | ok | VMB201
        173 | constructor | ok | VMB201
        174 | initializer that completes | ok | -
        175 | handler of an interpolated string, params array | - | not applicable: it allocates and does not block; VMB401 has its own tests
        176 | dynamic | CS1978 | ok
        177 | function pointer | VMB101 | ok
        178 | native function | VMB101 | ok
        179 | two handlers of a message | not applicable: a rule of the shape, VMB002, which has its own tests | -
        180 | nullable | ok | -
        # IRQL
        181 | sleeps for no time | - | ok
        182 | result of a task | - | VMB201
        183 | event with and without a time-out | - | VMB201
        184 | semaphore, mutex and the like | - | VMB201
        185 | console, files, sockets, processes | - | VMB201
        186 | lazy value | - | VMB201
        187 | static constructor | - | VMB201
        188 | lock that nobody else takes | - | VMB206
        189 | callee whose contract is PASSIVE_LEVEL | - | VMB202
        190 | class that is processed at PASSIVE_LEVEL | - | ok
        191 | asks for the level | - | VMB201
        192 | raises the level | - | VMB201
        193 | level not restored on one path | - | VMB204
        194 | lowered to another level than before | - | VMB204
        195 | raised to a computed level | - | ok
        196 | callee that needs DISPATCH_LEVEL | - | VMB203
        197 | handler called by name | - | VMB201
        198 | interface member with a contract | - | ok
        199 | only in the callee's handler of exceptions | - | VMB201
        200 | unreachable | - | ok
        """;

    public static IReadOnlyList<Pattern> All { get; } =
        [.. Text.Split('\n').Where(static l => l.Length > 0 && l[0] != '#').Select(static l => l.Split('|', StringSplitOptions.TrimEntries)).Select(static c => new Pattern(c[0], c[1], c[2], c[3]))];
}
