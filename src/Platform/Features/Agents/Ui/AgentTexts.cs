namespace Platform.Features.Agents.Ui;

/// <summary>The words of the agents' pages, in AgentTexts.resx.</summary>
public sealed class AgentTexts;
