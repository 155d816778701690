namespace VolunteerHub.Domain.Volunteers;

/// <summary>
/// A text that is kept encrypted: date of birth, address, document number, emergency contact (个人信息保护法 §51).
/// Sealed and opened outside the domain, where the key is.
/// </summary>
/// <param name="Cipher">The text, encrypted; names the key that opens it.</param>
public sealed record ProtectedText(string Cipher);
