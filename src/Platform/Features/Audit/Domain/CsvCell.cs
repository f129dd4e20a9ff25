namespace Platform.Features.Audit.Domain;

/// <summary>Cells of a CSV file that a spreadsheet opens as what they are: text.</summary>
public static class CsvCell
{
    /// <summary>The cell, quoted; what a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection).</summary>
    public static string Write(string? text)
    {
        if (string.IsNullOrEmpty(text)) { return ""; }
        var safe = text.TrimStart() is [('=' or '+' or '-' or '@' or '|' or '%' or '＝' or '＋' or '－' or '＠'), ..] || text[0] is '\t' or '\r' or '\n' ? "'" + text : text;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal)}\"";
    }
}
