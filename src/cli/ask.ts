/** Asks on the terminal until the answer is yes or no; in between `show` prints every line. An interrupt means no. */
export async function ask(question: string, show: () => void): Promise<boolean> {
  const { select } = await import('@clack/prompts');
  for (;;) {
    const answer = await select({
      message: question,
      options: [
        { value: 'yes', label: 'Yes' },
        { value: 'show', label: 'Show every line first' },
        { value: 'no', label: 'No' },
      ],
    });
    if (answer !== 'show') return answer === 'yes';
    show();
  }
}
