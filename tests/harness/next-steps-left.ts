/** Codes whose next step another test executes, and which. */
export const elsewhere: Readonly<Record<string, string>> = {
  TW1077: 'src/cli/install.test.ts',
  TW1079: 'tests/oldest-node.nodes.test.ts',
  TW1091: 'tests/mcp/answers.test.ts',
  TW1092: 'tests/mcp/background.test.ts',
  TW1093: 'tests/mcp/answers.test.ts',
  TW1094: 'tests/mcp/answers.test.ts',
  TW1095: 'tests/mcp/answers.test.ts',
  TW1096: 'tests/mcp/answers.test.ts',
  TW2006: 'tests/apply-crash.test.ts',
  TW2028: 'tests/attacks/attacks.test.ts',
  TW2107: 'tests/upgrade/outputs.test.ts',
  TW3011: 'tests/cancel.test.ts',
  TW3014: 'src/verify/verify-repo.test.ts: each finding has a step of its own',
  TW3017: 'src/verify/apart.test.ts',
  TW4009: 'tests/tasks-flow.test.ts',
  TW4014: 'tests/tasks-flow.test.ts',
};

const noticed = 'it is noticed in a plan and the rest goes on: whether it is to be mended is for a person';
const rare = 'it needs a disk, a network, a package manager or a process that fails';
const forged = 'somebody else wrote or changed that file: what it is worth is for a person';
const ours = 'it is a fault of the toolkit or of its installation';
const chosen = 'what to give instead is what a person wants';

/** Codes whose next step only a person can take, and why. */
export const byAPerson: Readonly<Record<string, string>> = {
  ...of(noticed, 'TW1004 TW1005 TW1006 TW1007 TW1008 TW1009 TW1011 TW1012 TW1013 TW1014 TW1015 TW1016'),
  ...of(noticed, 'TW2012 TW2017 TW2019 TW2021 TW2023 TW2025 TW2030 TW2033 TW2106'),
  ...of(rare, 'TW1074 TW1078 TW2005 TW2008 TW2014 TW2015 TW2022 TW2120 TW2121 TW2122 TW3033 TW4008 TW4010 TW4016 TW4020 TW4021'),
  ...of(forged, 'TW2007 TW2026 TW2027 TW2031 TW2032 TW4002 TW4003 TW4005 TW4006 TW4022'),
  ...of(ours, 'TW2018 TW2090 TW2091 TW9001'),
  ...of(
    chosen,
    'TW1076 TW1080 TW1081 TW1083 TW1090 TW1102 TW1104 TW1105 TW1106 TW1107 TW1108 TW2010 TW2013 TW2111 TW2113 TW3030 TW3031 TW3032',
  ),
  ...of(chosen, 'TW4004 TW4007 TW4011 TW4013 TW4015 TW4017 TW4018 TW4023 TW4024'),
};

function of(why: string, codes: string): Readonly<Record<string, string>> {
  return Object.fromEntries(codes.split(' ').map((code) => [code, why]));
}
