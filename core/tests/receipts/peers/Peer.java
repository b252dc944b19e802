// What Apple's Java library says to the cases on stdin: a JSON object, name -> answer.
import com.apple.itunes.storekit.model.Environment;
import com.apple.itunes.storekit.verification.SignedDataVerifier;
import com.apple.itunes.storekit.verification.VerificationException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.Set;

public class Peer {
    public static void main(String[] arguments) throws Exception {
        ObjectMapper json = new ObjectMapper();
        JsonNode asked = json.readTree(System.in);
        ObjectNode answers = json.createObjectNode();
        for (JsonNode one : asked.get("cases")) {
            String answer = ask(verifier(asked, Environment.PRODUCTION), one);
            if (answer.equals("INVALID_ENVIRONMENT")) {
                answer = ask(verifier(asked, Environment.SANDBOX), one);
            }
            answers.put(one.get("name").asText(), answer);
        }
        System.out.println(json.writeValueAsString(answers));
    }

    static SignedDataVerifier verifier(JsonNode asked, Environment environment) {
        byte[] root = Base64.getDecoder().decode(asked.get("root").asText());
        return new SignedDataVerifier(
                Set.of(new ByteArrayInputStream(root)), asked.get("bundle").asText(), asked.get("app").asLong(), environment, false);
    }

    static String ask(SignedDataVerifier verifier, JsonNode one) {
        String jws = one.get("jws").asText();
        try {
            switch (one.get("kind").asText()) {
                case "transaction" -> verifier.verifyAndDecodeTransaction(jws);
                case "renewal" -> verifier.verifyAndDecodeRenewalInfo(jws);
                case "app_transaction" -> verifier.verifyAndDecodeAppTransaction(jws);
                default -> verifier.verifyAndDecodeNotification(jws);
            }
            return "accepts";
        } catch (VerificationException error) {
            return error.getStatus().name();
        } catch (Throwable error) {
            return error.getClass().getSimpleName();
        }
    }
}
